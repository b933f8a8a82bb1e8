package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.CallArbitraries;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random lives, reported honestly but for one breach or one tampering. */
class MutationProperties {
  @Provide
  Arbitrary<Life> lives() {
    return CallArbitraries.lives(40);
  }

  @Property(tries = 400)
  void a_breach_of_the_kernel_is_caught_by_its_rule_in_every_life(@ForAll("lives") Life life) {
    List<Life.Step> steps = life.steps();
    List<InterruptEvent> honest = LogWriter.write(life, Witness.LOOKING);
    Folding folding = Folding.of(honest);
    for (int i = 1; i < steps.size(); i++) {
      DeviceState before = folding.each().get(i - 1).state();
      for (KernelBreach breach : KernelBreach.values()) {
        EventBody report = breach.report(steps.get(i));
        if (report != null) {
          InterruptEvent event = LogWriter.altered(honest.get(i), report);
          Set<Rule> broken = Folding.of(before, List.of(event)).rulesBroken();
          assertTrue(
              broken.contains(breach.caughtBy()), () -> breach + ": " + broken + " by " + event);
        }
      }
    }
  }

  @Property(tries = 400)
  void a_tampering_with_the_log_breaks_its_rules_in_every_life(
      @ForAll("lives") Life life, @ForAll LogTampering tampering) {
    List<InterruptEvent> honest = LogWriter.write(life, Witness.LOOKING);
    for (int i = 0; i < honest.size() - 1; i++) {
      Folding folding = Folding.of(tampering.apply(honest, i));
      List<Rule> broken = folding.violations().stream().map(Violation::rule).toList();
      assertEquals(tampering.breaks(), broken);
    }
  }
}
