package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.KernelGeneration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device has 1 INTx, 4 MSI, 8 MSI-X, 1 ERR and 1 REQ. */
class ArgumentCheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set 5 0 0 none+trigger                  | -EINVAL
          set 4294967295 0 0 none+trigger         | -EINVAL
          set 4294967295 0 1 eventfd+trigger 5    | -EINVAL
          set 2 0 1 0 5                           | -EINVAL
          set 2 0 1 trigger                       | -EINVAL
          set 2 0 1 none+bool+trigger 1           | -EINVAL
          set 2 0 1 none+eventfd+trigger 5        | -EINVAL
          set 2 0 1 none+bool+eventfd+trigger 5   | -EINVAL
          set 2 0 1 eventfd+trigger+64 5          | -EINVAL
          set 2 0 1 eventfd+trigger+-2147483648 5 | -EINVAL
          set 2 8 0 none+trigger                  | -EINVAL
          set 2 8 1 eventfd+trigger 5             | -EINVAL
          set 2 7 2 eventfd+trigger 5 6           | -EINVAL
          set 2 7 1 eventfd+trigger 5             | 0
          set 2 0 9 none+trigger                  | -EINVAL
          set 2 4294967295 1 none+trigger         | -EINVAL
          set 2 1 4294967295 none+trigger         | -EINVAL
          set 2 4294967295 4294967295 none+trigger | -EINVAL
          set 1 4 1 eventfd+trigger 5             | -EINVAL
          set 1 0 5 eventfd+trigger 1 2 3 4 5     | -EINVAL
          set 3 1 0 none+trigger                  | -EINVAL
          set 4 0 2 eventfd+trigger 5 6           | -EINVAL
          set 2 0 2 eventfd+trigger 5             | -EINVAL
          set 2 0 2 bool+trigger 1                | -EINVAL
          """)
  void arguments_that_make_no_sense_are_refused(String call, String result) {
    Scenario.check("all", "", call, result, result.equals("0") ? "msix RRRRRRRA" : "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set 1 0 1 none+mask       | -ENOTTY
          set 2 0 1 none+unmask     | -ENOTTY
          set 2 0 1 bool+mask 1     | -ENOTTY
          set 2 0 1 eventfd+mask 5  | -ENOTTY
          set 2 0 1 eventfd 5       | -ENOTTY
          set 2 0 1 eventfd+trigger+mask 5 | -ENOTTY
          set 3 0 1 none+mask       | -ENOTTY
          set 4 0 1 none+unmask     | -ENOTTY
          set 4 0 0 none            | -ENOTTY
          set 0 0 1 none            | -ENOTTY
          set 0 0 1 none+mask+unmask | -ENOTTY
          set 2 9 1 none+mask       | -EINVAL
          """)
  void an_action_that_an_index_does_not_know_is_no_ioctl_of_it(String call, String result) {
    Scenario.check("all", "", call, result, "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set 2 8 1 eventfd+trigger 5 | -EINVAL | msix AA
          set 2 0 3 none+mask         | -ENOTTY | msix AA
          set 7 0 0 none+trigger      | -EINVAL | msix AA
          """)
  void a_refused_call_touches_nothing(String call, String result, String after) {
    Scenario.check("all", "msix 0 5 6", call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 0 5      | -EINVAL
          msix off      | -EINVAL
          set 2 0 0 none+mask | -EINVAL
          """)
  void a_device_without_an_index_refuses_it(String call, String result) {
    TestDevice device = TestDevice.on(TestDevice.PLENTY, TestDevice.PLENTY);
    device.make(TestDevice.opening(KernelGeneration.FIXED, 0));
    Scenario.check(device, "no MSI-X", "", call, result, "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 2047 5 | 0       | 2048
          msix 2048 5 | -EINVAL | 0
          """)
  void where_nobody_asked_for_the_count_it_is_the_most_that_pci_allows(
      String call, String result, int allocated) {
    TestDevice device = TestDevice.on(TestDevice.PLENTY, TestDevice.PLENTY);
    Outcome outcome = device.make(CallText.parse(call));
    assertEquals(result, Errno.describe(outcome.result()));
    assertEquals(allocated, device.state().counts().allocated());
  }
}
