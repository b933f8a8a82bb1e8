package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.RecentHashes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no rule can tell from a device's history. What is named here is not promised anywhere. */
class UndetectableTest {
  private static final Life LIFE =
      Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6 7; msix 1 -; msix 4 8; reset; msix 4 -");
  private final List<InterruptEvent> honest = LogWriter.write(LIFE, Witness.LOOKING);

  @Test
  void the_loss_of_the_last_events_before_the_next_one_comes() {
    for (int kept = 0; kept < honest.size(); kept++) {
      assertUnnoticed(Folding.of(honest.subList(0, kept)));
    }
  }

  @Test
  void a_tail_written_anew_with_other_hashes_and_a_lawful_content() {
    Life other = Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6 7; msix 2 -; msix off; intx 3");
    List<InterruptEvent> forged = LogWriter.write(other, Witness.LOOKING);
    assertEquals(honest.get(1), forged.get(1));
    assertNotEquals(honest.get(2), forged.get(2));
    assertUnnoticed(Folding.of(forged));
  }

  @Test
  void an_altered_event_with_all_later_hashes_made_anew_breaks_no_rule_of_the_log() {
    List<InterruptEvent> harmless = rechainedWithout(4);
    assertUnnoticed(Folding.of(harmless));
    List<InterruptEvent> harmful = rechainedWithout(3);
    Set<Rule> broken = Folding.of(harmful).rulesBroken();
    assertNotEquals(Set.of(), broken);
    broken.forEach(rule -> assertEquals(Rule.Kind.KERNEL, rule.kind()));
  }

  @Test
  void a_second_event_with_the_same_number_that_comes_when_the_window_has_passed() {
    List<String> calls = Collections.nCopies(RecentHashes.WINDOW, "reset");
    Life life = Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5;" + String.join(";", calls));
    List<InterruptEvent> events = new ArrayList<>(LogWriter.write(life, Witness.LOOKING));
    InterruptEvent early = LogTampering.other(events.get(1));
    InterruptEvent late = LogTampering.other(events.get(2));
    assertEquals(RecentHashes.WINDOW, events.getLast().sequence() - early.sequence());

    Folding folding = Folding.of(Folding.of(events).state(), List.of(early));
    assertUnnoticed(folding);
    assertEquals(1, folding.state().tally().redeliveries());
    assertEquals(
        Set.of(Rule.SEQUENCE_CONFLICT),
        Folding.of(Folding.of(events).state(), List.of(late)).rulesBroken());
  }

  @Test
  void a_vector_freed_outside_of_every_view_until_a_snapshot_puts_it_right() {
    Folding folding = Folding.of(honest);
    assertEquals(Phase.ARMED, folding.state().interrupts().vectors().phase(0));
    KernelView truth = Lies.without(Circumstances.whole(LIFE.steps().getLast().after()), 0);
    LogWriter writer = new LogWriter();
    LIFE.steps().forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
    InterruptEvent snapshot = writer.write(new StateObserved(truth), 9_000_000);

    Folded folded = Ledger.fold(folding.state(), snapshot);
    assertEquals(List.of(), folded.violations());
    assertNull(folded.state().interrupts().vectors().get(0));
    assertEquals(
        List.of(new Change.VectorChanged(0, folding.state().interrupts().vectors().get(0), null)),
        folded.changes());
  }

  @Test
  void a_failed_block_that_unwound_fewer_vectors_than_it_had_set() {
    KernelView stopped = view(0, 3, new Seen(0, 24, false), new Seen(1, 25, true));
    assertUnnoticed(after("msix 0 5 6", set("msix 0 7 8 closed", -9, stopped)));
  }

  /**
   * Memory may have been short before vfio-pci looked at the call, or in the midst of the block.
   */
  @Test
  void a_block_that_unwound_nothing_where_the_call_may_have_been_turned_down_before() {
    KernelView untouched = view(0, 2, new Seen(0, 24, true), new Seen(1, 25, true));
    int noMemory = Errno.ENOMEM.result();
    assertUnnoticed(after("msix 0 5 6", set("msix 0 7 8", noMemory, untouched)));
    int badDescriptor = Errno.EBADF.result();
    assertEquals(
        Set.of(Rule.BLOCK_UNWINDS),
        after("msix 0 5 6", set("msix 0 7 8", badDescriptor, untouched)).rulesBroken());
  }

  @Test
  void an_error_that_the_environment_alone_decides() {
    assertUnnoticed(after("", set("msix 0 5 6", -28, KernelView.modeOnly(InterruptMode.NONE))));
    KernelView unarmed = view(0, 1, new Seen(0, 24, false));
    assertUnnoticed(after("msix 0 5", set("msix 0 6", -9, unarmed)));
    assertUnnoticed(after("msix 0 5", set("msix off", -14, null)));
  }

  @Test
  void two_vectors_with_one_irq_that_are_never_shown_together() {
    assertUnnoticed(after("msix 0 5", set("msix 3 6", 0, view(3, 4, new Seen(3, 24, true)))));
  }

  @Test
  void whatever_a_kernel_did_after_a_call_when_nobody_looked() {
    assertUnnoticed(after("msix 0 5 6", set("msix 1 -", 0, null)));
  }

  private List<InterruptEvent> rechainedWithout(int i) {
    List<InterruptEvent> altered = new ArrayList<>(honest);
    altered.set(i, LogTampering.other(honest.get(i)));
    return LogWriter.rechained(altered);
  }

  private static Folding after(String calls, EventBody body) {
    LogWriter writer = new LogWriter();
    Life.of(KernelGeneration.DYNAMIC, 8, calls)
        .steps()
        .forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
    writer.write(body, 9_000_000);
    return Folding.of(writer.events());
  }

  private static InterruptsSet set(String call, int result, KernelView view) {
    return new InterruptsSet((SetIrqs) CallText.parse(call), OptionalInt.of(result), 0, view);
  }

  private static KernelView view(int from, int to, Seen... seen) {
    return new KernelView(InterruptMode.MSIX, from, to, List.of(seen));
  }

  private static void assertUnnoticed(Folding folding) {
    assertEquals(List.of(), folding.violations());
    assertNull(folding.state().uncertainty());
  }
}
