package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Uncertainty;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpochTest {
  private final Life life =
      Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6; msix 1 -; msix 4 7; reset");
  private LogWriter writer = new LogWriter();

  @BeforeEach
  void write_the_first_epoch() {
    writer = new LogWriter();
    steps(0, 3);
  }

  @Test
  void a_new_epoch_goes_on_from_the_hash_before_it() {
    writer.restart();
    steps(3, 5);
    Folding folding = Folding.of(writer.events());
    assertEquals(List.of(), folding.violations());
    assertFalse(folding.state().uncertain());
    assertEquals(2, folding.state().head().epoch());
    assertEquals(2, folding.state().head().sequence());
  }

  @Test
  void a_new_epoch_that_names_another_hash_breaks_the_chain() {
    writer.restart().mistakeHead();
    steps(3, 5);
    Folding folding = Folding.of(writer.events());
    assertEquals(Set.of(Rule.CHAIN_BROKEN), folding.rulesBrokenAt(3));
    assertEquals(1, folding.violations().size());
    assertEquals(Uncertainty.Reason.CHAIN_BROKEN, folding.state().uncertainty().reason());
  }

  @Test
  void a_new_epoch_whose_journal_was_lost_breaks_no_rule_and_is_uncertain() {
    writer.restartWithoutJournal();
    steps(3, 5);
    Folding folding = Folding.of(writer.events());
    assertEquals(List.of(), folding.violations());
    assertEquals(
        new Uncertainty(Uncertainty.Reason.JOURNAL_LOST, 2, 1, life.steps().get(3).micros()),
        folding.state().uncertainty());
  }

  @Test
  void a_new_epoch_that_does_not_begin_at_1_has_a_gap() {
    writer.restart();
    steps(2, 5);
    List<InterruptEvent> all = writer.events();
    Folding folding = Folding.of(List.of(all.get(0), all.get(1), all.get(2), all.get(4)));
    assertEquals(Set.of(Rule.SEQUENCE_GAP), folding.rulesBrokenAt(3));
  }

  @Test
  void what_an_older_epoch_still_writes_is_marked_and_not_applied() {
    writer.restart();
    steps(3, 4);
    List<InterruptEvent> events = writer.events();
    DeviceState before = Folding.of(events).state();
    LogWriter old = new LogWriter();
    life.steps().subList(0, 3).forEach(s -> old.write(Witness.LOOKING.tell(s), s.micros()));
    Life.Step late = Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5; msix off").steps().get(2);
    InterruptEvent stale = old.write(Witness.LOOKING.tell(late), late.micros());

    Folded folded = Ledger.fold(before, stale);
    assertFalse(folded.applied());
    assertEquals(List.of(), folded.changes());
    assertEquals(Rule.STALE_EPOCH, folded.violations().getFirst().rule());
    assertEquals(before, folded.state().with(before.tally()));
    assertEquals(1, folded.state().tally().violations());
  }

  @Test
  void a_redelivery_across_epochs_is_a_redelivery() {
    writer.restart();
    steps(3, 4);
    List<InterruptEvent> events = writer.events();
    Folded again = Ledger.fold(Folding.of(events).state(), events.get(1));
    assertEquals(List.of(), again.violations());
    assertEquals(1, again.state().tally().redeliveries());
  }

  @Test
  void a_gap_of_more_than_one_event_is_one_gap() {
    steps(3, 5);
    List<InterruptEvent> events = writer.events();
    Folding folding = Folding.of(List.of(events.get(0), events.get(4)));
    assertEquals(Set.of(Rule.SEQUENCE_GAP), folding.rulesBrokenAt(1));
    assertTrue(folding.each().getLast().applied());
  }

  @Test
  void what_is_missing_or_told_twice_is_named() {
    steps(3, 5);
    List<InterruptEvent> events = writer.events();
    Violation gap = Folding.of(List.of(events.get(0), events.get(4))).violations().getFirst();
    assertEquals("sequence 2 / sequence 5", gap.expected() + " / " + gap.reported());
    InterruptEvent other = LogWriter.altered(events.get(1), events.get(4).body());
    Violation twice = Ledger.fold(Folding.of(events).state(), other).violations().getFirst();
    assertEquals(Rule.SEQUENCE_CONFLICT, twice.rule());
    assertEquals("after sequence 5 nothing but sequence 6", twice.expected());
    assertEquals("sequence 2 with a content that was not folded under it", twice.reported());
  }

  private void steps(int from, int to) {
    life.steps().subList(from, to).forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
  }
}
