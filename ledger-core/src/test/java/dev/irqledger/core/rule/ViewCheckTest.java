package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewCheckTest {
  /** What is shown: for each vector from the first on A where it is armed, u where not, or '.'. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | Au    | true
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | A     | false
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | .u    | false
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | Auu   | false
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | AA    | false
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | uu    | false
          msix 0 5 6; msix 1 - | msix | 0 | 2048 | ..    | false
          msix 0 5 6; msix 1 - | msix | 0 | 0    |       | true
          msix 0 5 6; msix 1 - | msix | 0 | 1    | A     | true
          msix 0 5 6; msix 1 - | msix | 1 | 2    | u     | true
          msix 0 5 6; msix 1 - | msix | 1 | 2    | .     | false
          msix 0 5 6; msix 1 - | msix | 0 | 2    | A.    | false
          msix 0 5 6; msix 1 - | msix | 2 | 9    |       | true
          msix 0 5 6; msix 1 - | msix | 2 | 9    | ..u   | false
          msix 0 5 6; msix 1 - | none | 2 | 9    |       | false
          msix 0 5 6; msix 1 - | msi  | 0 | 2048 | Au    | false
          intx 5               | intx | 0 | 2048 |       | true
          intx 5               | none | 0 | 2048 |       | false
          intx -               | none | 0 | 2048 |       | true
          intx -               | intx | 0 | 2048 |       | true
                               | none | 0 | 2048 |       | true
                               | msix | 0 | 2048 | u     | false
          """)
  void a_view_shows_interrupts_where_mode_irqs_and_triggers_are_the_same(
      String given, String mode, int from, int to, String shown, boolean same) {
    TestDevice device =
        TestDevice.opened(KernelGeneration.DYNAMIC).given(given == null ? "" : given);
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; shown != null && i < shown.length(); i++) {
      if (shown.charAt(i) != '.') {
        seen.add(new Seen(from + i, 90 + i, shown.charAt(i) == 'A'));
      }
    }
    KernelView view = new KernelView(InterruptMode.ofLabel(mode), from, to, seen);
    assertEquals(same, ViewCheck.shows(view, device.state().interrupts()));
  }
}
