package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.Authorship;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.DeviceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthorshipTest {
  private final List<InterruptEvent> own = write(2);

  /** The same life, its last events in an epoch of their own. */
  private static List<InterruptEvent> write(int inFirstEpoch) {
    Life life = Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6; msix 1 -; msix 4 7; reset");
    LogWriter writer = new LogWriter();
    for (int i = 0; i < life.steps().size(); i++) {
      if (i == inFirstEpoch) {
        writer.restart();
      }
      writer.write(Witness.LOOKING.tell(life.steps().get(i)), life.steps().get(i).micros());
    }
    return writer.events();
  }

  @ParameterizedTest
  @EnumSource(
      value = Authorship.class,
      names = {"UNSIGNED", "FORGED", "NO_KEY"})
  void what_somebody_else_wrote_is_marked_and_changes_no_state(Authorship found) {
    for (InterruptEvent event : own) {
      DeviceState before = Folding.of(own.subList(0, 2)).state();
      Folded folded = Ledger.fold(before, event.by(found));
      assertEquals(Set.of(Rule.SIGNED_BY_HOST), Set.copyOf(rules(folded)));
      assertFalse(folded.applied());
      assertEquals(before.head(), folded.state().head());
      assertEquals(before.interrupts(), folded.state().interrupts());
      assertEquals(
          before.tally().violations() + 1, folded.state().tally().violations(), "it is counted");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Authorship.class,
      names = {"UNSIGNED", "FORGED", "NO_KEY"})
  void what_somebody_else_wrote_shuts_nothing_of_the_host_out(Authorship found) {
    List<InterruptEvent> foreign = write(0); // a later epoch from the first event on
    List<InterruptEvent> mixed = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      mixed.add(foreign.get(i).by(found));
      mixed.add(own.get(i).by(Authorship.SIGNED));
    }
    Folding folding = Folding.of(mixed);
    assertEquals(Set.of(Rule.SIGNED_BY_HOST), folding.rulesBroken());
    DeviceState alone = Folding.of(own).state();
    assertEquals(alone.head(), folding.state().head());
    assertEquals(alone.interrupts(), folding.state().interrupts());
    assertFalse(folding.state().uncertain());
  }

  @ParameterizedTest
  @EnumSource(
      value = Authorship.class,
      names = {"NOT_ASKED", "SIGNED"})
  void what_the_host_wrote_is_folded_as_ever(Authorship found) {
    List<InterruptEvent> read = own.stream().map(event -> event.by(found)).toList();
    assertEquals(Folding.of(own).state(), Folding.of(read).state());
    assertEquals(List.of(), Folding.of(read).violations());
  }

  private static List<Rule> rules(Folded folded) {
    return folded.violations().stream().map(violation -> violation.rule()).toList();
  }
}
