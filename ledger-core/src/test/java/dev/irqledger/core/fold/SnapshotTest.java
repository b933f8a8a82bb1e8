package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.StateText;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a snapshot makes of the phases, which sysfs does not show. */
class SnapshotTest {
  private static final long AT = 9_000_000;

  /** Before: vector 0 armed on irq 24, 1 reserved on 25, 2 cached on 26. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same irq keeps its phase        | msix | 0=24+ 1=25 2=26    | msix ARC
          another irq armed is armed          | msix | 0=90+ 1=25 2=26    | msix ARC
          another irq unarmed is reserved     | msix | 0=90 1=25 2=91     | msix RRR
          unarmed that was armed is cached    | msix | 0=24 1=25 2=26     | msix CRC
          armed that was not is armed         | msix | 0=24+ 1=25+ 2=26+  | msix AAA
          what is not shown is free           | msix | 2=26               | msix ..C
          what was free is armed or reserved  | msix | 0=24+ 1=25 2=26 4=27 5=28+ | msix ARC.RA
          without a number the phase is kept  | msix | 0=0+ 1=0 2=0       | msix ARC
          nothing is left                     | none |                    | none
          another mode                        | intx |                    | intx -2147483648
          """)
  void a_snapshot_is_believed(String what, String mode, String shown, String after) {
    DeviceState state = Ledger.fold(before(), snapshot(mode, shown)).state();
    assertEquals(after, StateText.of(state), what);
  }

  /** Of the three vectors only those from the first to before the second number were looked at. */
  @ParameterizedTest
  @CsvSource({
    "msix, 0, 0, msix ARC",
    "msix, 0, 1, msix .RC",
    "msix, 1, 2, msix A.C",
    "msix, 0, 2, msix ..C",
    "none, 0, 0, none",
    "none, 0, 1, none"
  })
  void what_was_not_looked_at_stays_as_long_as_there_is_a_mode_for_it(
      String mode, int from, int to, String after) {
    KernelView view = new KernelView(InterruptMode.ofLabel(mode), from, to, List.of());
    InterruptEvent event = history().write(new StateObserved(view), AT);
    assertEquals(after, StateText.of(Ledger.fold(before(), event).state()));
  }

  @Test
  void what_only_the_history_knows_is_kept() {
    Interrupts before = before().interrupts();
    Interrupts after =
        Ledger.fold(before(), snapshot("msix", "0=24+ 1=25 2=26")).state().interrupts();
    assertEquals(before, after);
  }

  @Test
  void what_the_history_does_not_know_is_new_at_the_snapshot() {
    Interrupts after =
        Ledger.fold(before(), snapshot("msix", "0=24 1=25+ 2=26 3=27+")).state().interrupts();
    assertEquals(AT, after.vectors().get(0).sinceMicros());
    assertEquals(AT, after.vectors().get(1).sinceMicros());
    assertEquals(Eventfd.SOME, after.vectors().get(1).trigger());
    assertEquals(before().interrupts().vectors().get(2), after.vectors().get(2));
    assertEquals(AT, after.vectors().get(3).sinceMicros());
    assertEquals(27, after.vectors().get(3).irq());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0=24+ 1=25 2=26 |
          0=90 2=91+      |
          0=24+ 1=0       | IRQ_POSITIVE
          0=-3            | IRQ_POSITIVE
          0=24+ 1=24      | IRQ_UNIQUE_ON_HOST
          """)
  void a_snapshot_is_judged_by_itself_alone(String shown, Rule rule) {
    Folding folding = Folding.of(before(), List.of(snapshot("msix", shown)));
    assertEquals(rule == null ? Set.of() : Set.of(rule), folding.rulesBroken());
  }

  private static LogWriter history() {
    LogWriter writer = new LogWriter();
    Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 - 7; msix 2 -")
        .steps()
        .forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
    return writer;
  }

  private static DeviceState before() {
    return Folding.of(history().events()).state();
  }

  private static InterruptEvent snapshot(String mode, String shown) {
    List<Seen> seen =
        shown == null
            ? List.of()
            : Arrays.stream(shown.split(" ", -1)).map(SnapshotTest::seen).toList();
    return history()
        .write(new StateObserved(KernelView.whole(InterruptMode.ofLabel(mode), seen)), AT);
  }

  /** {@code VECTOR=IRQ}, with a plus sign where it is armed. */
  private static Seen seen(String text) {
    String[] parts = text.replace("+", "").split("=", 2);
    return new Seen(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), text.endsWith("+"));
  }
}
