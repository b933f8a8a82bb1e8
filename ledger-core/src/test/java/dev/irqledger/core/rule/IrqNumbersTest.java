package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.VectorMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host numbers irqs by the lowest free one, from 24. */
class IrqNumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 0 5 6 7                                  | 0=24 1=25 2=26
          msix 0 5 6 7; msix 1 -                        | 0=24 1=25 2=26
          msix 0 5 6 7; msix 1 -; msix 1 9              | 0=24 1=25 2=26
          msix 0 5 6 7; msix 0 9 closed                 | 0=24 1=25 2=26
          msix 0 5 6 7; msix 0 8 9 10                   | 0=24 1=25 2=26
          msix 0 5; msix 7 6; msix 3 8                  | 0=24 3=26 7=25
          msix 0 5; msix 7 closed; msix 3 8; msix 7 8   | 0=24 3=26 7=25
          msix 0 5 6; reset                             | 0=24 1=25
          msix 0 5 6; msix off; msix 2 5                | 0=24 1=25 2=26
          """)
  void while_the_mode_lasts_a_vector_keeps_its_irq(String calls, String irqs) {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given(calls);
    assertEquals(irqs, irqs(device.state().interrupts().vectors()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 0 5 6                       | ''
          msix 0 5 6; msix 4 7; msix 2 8   | 2 4
          msix 0 5 6; msix 4 closed        | 4
          msix 0 5; msix 4 7; msix 4 -     | 4
          msix 0 5; msix 4 7; msix off; msix 4 7 | ''
          """)
  void a_vector_allocated_after_the_enable_is_dynamic(String calls, String dynamic) {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC).given(calls);
    List<String> found = new ArrayList<>();
    device
        .state()
        .interrupts()
        .vectors()
        .forEach((vector, state) -> {
          if (state.dynamic()) {
            found.add(Integer.toString(vector));
          }
        });
    assertEquals(dynamic, String.join(" ", found));
  }

  private static String irqs(VectorMap vectors) {
    List<String> irqs = new ArrayList<>();
    vectors.forEach((vector, state) -> irqs.add(vector + "=" + state.irq()));
    return String.join(" ", irqs);
  }
}
