package dev.irqledger.simulation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.irqledger.simulation.Run.Outcome;
import dev.irqledger.simulation.fate.Fault;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final int SEEDS = 1000;
  private static final int STEPS = 500;

  /** The same in each build: what it finds, a change has brought. */
  private static final long FIRST = 1;

  private static final long TIMES = 100;

  @Test
  void whatever_fails_no_event_is_lost_or_folded_twice_and_the_ledger_is_the_kernel() {
    Campaign campaign = new Campaign(FIRST, STEPS, Set.of());
    AtomicLong left = new AtomicLong(SEEDS);
    long began = System.nanoTime();
    campaign.run(
        Runtime.getRuntime().availableProcessors(), () -> left.getAndDecrement() > 0, _ -> {});
    System.out.printf(
        "%s%,d seeds from %d on, %,d steps in %d s%n",
        campaign.table(),
        campaign.runs(),
        FIRST,
        campaign.stepsMade(),
        (System.nanoTime() - began) / 1_000_000_000);
    Outcome failed = campaign.failed();
    if (failed != null && failed.failure() != null) {
      fail(Story.of(failed, Shrinker.shrink(failed)), failed.failure().cause());
    }
    assertEquals(SEEDS, campaign.runs());
    assertTrue(campaign.stepsMade() >= (long) SEEDS * STEPS);
    assertAll(
        Arrays.stream(Fault.values())
            .map(fault -> () -> assertTrue(campaign.count(fault) >= TIMES, fault.words())));
  }

  @Test
  void a_seed_gives_the_same_again() {
    Outcome once = Run.of(7, STEPS, Set.of()).make();
    Outcome again = Run.of(7, STEPS, Set.of()).make();
    assertEquals(once.counts(), again.counts());
    assertEquals(once.told(), again.told());
  }
}
