package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.DeviceState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
  private static DeviceState armedTwice() {
    return Folding.of(
            LogWriter.write(Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6"), Witness.LOOKING))
        .state();
  }

  private static KernelView view(String mode, String vectors) {
    List<KernelView.Seen> seen =
        vectors == null
            ? List.of()
            : Stream.of(vectors.split(" "))
                .map(text -> text.split(":"))
                .map(part ->
                    new KernelView.Seen(
                        Integer.parseInt(part[0]),
                        Integer.parseInt(part[1].replace("!", "")),
                        part[1].endsWith("!")))
                .toList();
    return KernelView.whole(InterruptMode.ofLabel(mode), seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none |          | mode: the ledger has msix, the kernel shows none
          msix | 0:IRQ0!  | vector 1: the ledger has irq IRQ1, armed, the kernel shows free
          msix | 1:IRQ1! | vector 0: the ledger has irq IRQ0, armed, the kernel shows free
          msix | 0:IRQ0! 1:IRQ1 | vector 1: the ledger has irq IRQ1, armed, the kernel shows irq IRQ1, not armed
          msix | 0:IRQ0! 1:999! | vector 1: the ledger has irq IRQ1, armed, the kernel shows irq 999, armed
          msix | 0:IRQ0! 1:IRQ1! 5:77 | vector 5: the ledger has free, the kernel shows irq 77, not armed
          """)
  void a_difference_is_told_in_words(String mode, String vectors, String difference) {
    DeviceState state = armedTwice();
    List<String> differences =
        Drift.between(state, view(mode, vectors == null ? null : named(state, vectors)));
    assertEquals(named(state, difference), differences.getFirst());
    assertEquals(mode.equals("none") ? 3 : 1, differences.size());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 1, 1", "1, 2, 1", "0, 2, 2", "2, 9, 0"})
  void only_vectors_that_were_looked_at_are_told(int from, int to, int differences) {
    KernelView nothing = new KernelView(InterruptMode.MSIX, from, to, List.of());
    assertEquals(differences, Drift.between(armedTwice(), nothing).size());
  }

  private static String named(DeviceState state, String text) {
    return text.replace("IRQ0", Integer.toString(irq(state, 0)))
        .replace("IRQ1", Integer.toString(irq(state, 1)));
  }

  private static int irq(DeviceState state, int vector) {
    return state.interrupts().vectors().get(vector).irq();
  }

  @Test
  void a_device_of_which_nothing_is_known_is_news_even_when_it_holds_nothing() {
    DeviceState unseen = DeviceState.unseen(TestDevice.KEY);
    assertEquals(List.of(), Drift.between(unseen, view("none", null)));
    assertTrue(Drift.tells(unseen, view("none", null)));
  }
}
