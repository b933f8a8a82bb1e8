package dev.irqledger.core.rule;

import dev.irqledger.core.device.KernelGeneration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPU vectors are held by armed vectors alone, IRTEs by cached ones too. MSI-X is dynamic. */
class OutOfResourcesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 |                               | msix 0 5 6           | 0       | msix AA
          2 |                               | msix 0 5 6 7         | -ENOSPC | none
          2 |                               | msix 0 5 6 - -       | 0       | msix AARR
          2 | msix 0 5 6                    | msix 2 7             | -ENOSPC | msix AAR
          2 | msix 0 5 6; msix 2 7          | msix 2 7             | -ENOSPC | msix AAR
          2 | msix 0 5 6; msix 2 7; msix 0 - | msix 2 7            | 0       | msix CAA
          2 | msix 0 5 6; msix 0 -; msix 2 7 | msix 0 5            | -ENOSPC | msix CAA
          2 | msix 0 5 6                    | msix 0 7 8           | 0       | msix AA
          2 | msix 0 5                      | msix 1 6 7 8         | -ENOSPC | msix ARR
          2 | msix 0 5; msix 1 6 7 8        | msix 1 6 7 8         | -ENOSPC | msix ARR
          3 | msix 0 5; msix 1 6 7 8 9      | msix 3 6 7 8         | -ENOSPC | msix ARRRRR
          2 | msix 0 5 6                    | msix 0 - 7 8         | 0       | msix CAA
          1 | msi 0 5 -                     | msi 1 6              | -ENOSPC | msi AR
          0 |                               | msix 0 -             | 0       | msix R
          0 |                               | intx 5               | 0       | intx 5
          """)
  void without_a_cpu_vector_arming_fails_and_the_irq_is_kept(
      int cpuVectors, String given, String call, String result, String after) {
    check(cpuVectors, TestDevice.PLENTY, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 |                         | msix 0 - - - -   | 3       | none
          3 |                         | msix 7 5         | 3       | none
          3 |                         | msix 0 5 6 7     | 0       | msix AAA
          0 |                         | msix 0 5         | -ENOSPC | none
          1 |                         | msi 0 5 6        | 1       | none
          3 | msix 0 5 6 7            | msix 3 8         | -ENOSPC | msix AAA
          3 | msix 0 5 6 7; msix 0 -  | msix 3 8         | -ENOSPC | msix CAA
          3 | msix 0 5                | msix 1 6 7 8     | -ENOSPC | msix ARR
          3 | msix 0 5 6 7            | msix 2 8 9       | -ENOSPC | msix AAC
          """)
  void with_too_few_irtes_an_enable_says_how_many_and_growth_fails(
      int irtes, String given, String call, String result, String after) {
    check(TestDevice.PLENTY, irtes, given, call, result, after);
  }

  private static void check(
      int cpuVectors, int irtes, String given, String call, String result, String after) {
    TestDevice device = TestDevice.on(cpuVectors, irtes);
    device.make(TestDevice.opening(KernelGeneration.DYNAMIC, 8));
    Scenario.check(device, "dynamic", given, call, result, after);
  }
}
