package dev.irqledger.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GuestFleetTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int EVENTS = 60_000;

  private static GuestFleet fleet(long seed) {
    return new GuestFleet(10, 20, BEGIN, seed);
  }

  @Test
  void the_ledger_finds_nothing_wrong_with_it_and_all_that_guests_do_happens() {
    GuestFleet fleet = fleet(1);
    Map<DeviceKey, DeviceState> states = new HashMap<>();
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < EVENTS; i++) {
      InterruptEvent event = fleet.next().event();
      DeviceState before = states.getOrDefault(event.device(), DeviceState.unseen(event.device()));
      Folded folded = Ledger.fold(before, event);
      assertEquals(List.of(), folded.violations());
      states.put(event.device(), folded.state());
      note(event, folded, seen);
    }
    assertEquals(200, states.size());
    for (String what : List.of("reset", "released", "no space", "freed at once", "cached")) {
      assertTrue(seen.getOrDefault(what, 0) >= 20, what + " in " + seen);
    }
  }

  private static void note(InterruptEvent event, Folded folded, Map<String, Integer> seen) {
    switch (event.body()) {
      case DeviceReset _ -> seen.merge("reset", 1, Integer::sum);
      case DeviceReleased _ -> seen.merge("released", 1, Integer::sum);
      case InterruptsSet set when set.result().orElse(0) == Errno.ENOSPC.result() ->
          seen.merge("no space", 1, Integer::sum);
      default -> {}
    }
    if (folded.changes().stream().anyMatch(change -> change instanceof Change.AllReleased)) {
      seen.merge("freed at once", 1, Integer::sum);
    }
    if (folded.state().counts().cached() > 0) {
      seen.merge("cached", 1, Integer::sum);
    }
  }

  @Test
  void the_same_seed_gives_the_same_events() {
    GuestFleet one = fleet(7);
    GuestFleet other = fleet(7);
    for (int i = 0; i < 2_000; i++) {
      assertArrayEquals(one.next().bytes(), other.next().bytes());
    }
  }
}
