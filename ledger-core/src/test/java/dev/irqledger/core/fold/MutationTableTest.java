package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A life in which everything happens once, reported honestly but for one breach: which rule catches
 * it.
 */
class MutationTableTest {
  static final List<KernelGeneration> GENERATIONS =
      List.of(KernelGeneration.LEGACY, KernelGeneration.FIXED, KernelGeneration.DYNAMIC);

  static final String CALLS =
      """
      msix off; msix 0 - -; msix off;
      msix 0 5 6 - 7; msix 1 -; msix 1 9; msix 0 - -; msix 0 5 6;
      msix 0 1 2 closed; msix 0 5 6 - 7; reset;
      msix 9 10; msix 11 -; msix 3 8 9; msix 9 closed;
      msi 0 5; msi off; intx 5; intx off; err 7; req 8;
      msix signal 0 4; msix bools 0 1 0;
      set 9 0 0 none+trigger; set 2 8 2 eventfd 5; set 2 8 2 eventfd+trigger 5; msix off;
      msi 0 5 6; msi 0 -; msi 2 7; msi 3 -; reset; msi 0 5 closed; msi off;
      intx 3; msix 0 5; intx off;
      msix 0 5 6; reset; err off; close
      """;

  @ParameterizedTest
  @EnumSource
  void each_breach_is_caught_by_its_rule_alone_wherever_it_happens(KernelBreach breach) {
    int places = 0;
    for (KernelGeneration generation : GENERATIONS) {
      places += caught(breach, Life.of(generation, 16, CALLS));
    }
    assertTrue(places > 0, "it happens nowhere");
  }

  @ParameterizedTest
  @EnumSource
  void each_tampering_breaks_its_rules_alone_wherever_it_happens(LogTampering tampering) {
    for (KernelGeneration generation : GENERATIONS) {
      List<InterruptEvent> honest =
          LogWriter.write(Life.of(generation, 16, CALLS), Witness.LOOKING);
      for (int i = 0; i < honest.size() - 1; i++) {
        Folding folding = Folding.of(tampering.apply(honest, i));
        List<Rule> broken = folding.violations().stream().map(Violation::rule).toList();
        assertEquals(tampering.breaks(), broken, tampering + " at " + i);
      }
    }
  }

  /** Without a trigger INTx has no handler, and sysfs cannot tell it from no mode at all. */
  @ParameterizedTest
  @CsvSource({"intx some, MODE_EXCLUSIVE", "intx 5, MODE_EXCLUSIVE", "intx -,"})
  void intx_that_is_not_shown_is_a_breach_only_where_it_has_a_trigger(String call, Rule rule) {
    LogWriter writer = new LogWriter();
    Life.of(KernelGeneration.DYNAMIC, 8, call + "; reset")
        .steps()
        .forEach(step -> writer.write(Witness.SEEING_CALLS.tell(step), step.micros()));
    InterruptsSet err =
        new InterruptsSet(
            SetIrqs.triggers(IrqIndex.ERR, 0, 7),
            OptionalInt.of(0),
            0,
            KernelView.modeOnly(InterruptMode.NONE));
    writer.write(err, 9_000_000);
    assertEquals(rule == null ? Set.of() : Set.of(rule), Folding.of(writer.events()).rulesBroken());
  }

  @Test
  void every_rule_of_the_kernel_has_a_breach() {
    Set<Rule> caught = EnumSet.noneOf(Rule.class);
    for (KernelBreach breach : KernelBreach.values()) {
      caught.add(breach.caughtBy());
    }
    Set<Rule> kernel = EnumSet.noneOf(Rule.class);
    for (Rule rule : Rule.values()) {
      if (rule.kind() == Rule.Kind.KERNEL) {
        kernel.add(rule);
      }
    }
    assertEquals(kernel, caught);
  }

  private static int caught(KernelBreach breach, Life life) {
    List<Life.Step> steps = life.steps();
    List<InterruptEvent> honest = LogWriter.write(life, Witness.LOOKING);
    Folding folding = Folding.of(honest);
    assertEquals(List.of(), folding.violations());
    int places = 0;
    for (int i = 1; i < steps.size(); i++) {
      EventBody report = breach.report(steps.get(i));
      if (report != null) {
        places++;
        InterruptEvent event = LogWriter.altered(honest.get(i), report);
        Folding broken = Folding.of(folding.each().get(i - 1).state(), List.of(event));
        assertEquals(Set.of(breach.caughtBy()), broken.rulesBroken(), event::toString);
      }
    }
    return places;
  }
}
