package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.CallArbitraries;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.state.DeviceState;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DriftProperties {
  private static final long LATER = 4_000_000_000L;

  @Provide
  Arbitrary<Life> lives() {
    return CallArbitraries.lives(30);
  }

  @Property
  void a_state_that_was_followed_closely_does_not_drift(@ForAll("lives") Life life) {
    List<Life.Step> steps = life.steps();
    Folding folding = Folding.of(LogWriter.write(life, Witness.LOOKING));
    for (int i = 0; i < steps.size(); i++) {
      KernelView truth = Witness.view(steps.get(i).after().interrupts(), 0, KernelView.MAX_VECTORS);
      DeviceState state = folding.each().get(i).state();
      assertEquals(List.of(), Drift.between(state, truth));
      assertFalse(Drift.tells(state, truth));
    }
  }

  @Property
  void a_snapshot_ends_every_drift_and_tells_nothing_twice(
      @ForAll("lives") Life one, @ForAll("lives") Life other) {
    LogWriter log = new LogWriter();
    one.steps().forEach(step -> log.write(Witness.SEEING_CALLS.tell(step), step.micros()));
    DeviceState before = Folding.of(log.events()).state();
    KernelView truth =
        Witness.view(other.steps().getLast().after().interrupts(), 0, KernelView.MAX_VECTORS);
    if (!Drift.between(before, truth).isEmpty()) {
      assertTrue(Drift.tells(before, truth));
    }
    log.write(new StateObserved(truth), LATER);
    DeviceState after = Folding.of(log.events()).state();
    assertEquals(List.of(), Drift.between(after, truth));
    assertFalse(Drift.tells(after, truth));
  }
}
