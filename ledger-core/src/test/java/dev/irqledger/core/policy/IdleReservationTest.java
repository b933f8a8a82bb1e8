package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.DeviceState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls are made at 1.001 s, 1.002 s, 1.003 s and so on; the opening is the first. */
class IdleReservationTest {
  private static final long LIMIT = 10;
  private static final long SECOND = 1_000_000;
  private static final Policy POLICY = new Policy("hv-1", "0@4", List.of(), LIMIT);

  private final DeviceState device =
      TestDevice.opened(KernelGeneration.DYNAMIC)
          .given("msix 0 5 6 7 8; msix 1 -; msix 2 -")
          .state();
  private static final long FIRST = 1_003_000;
  private static final long SECOND_ONE = 1_004_000;

  @Test
  void at_the_limit_a_vector_is_not_overdue_and_after_it_is() {
    IdleReservation at = IdleReservation.look(device, LIMIT, 0, FIRST + LIMIT * SECOND);
    assertEquals(0, at.overdue().count());
    assertEquals(FIRST + LIMIT * SECOND + 1, at.nextMicros());
    IdleReservation after = IdleReservation.look(device, LIMIT, 0, at.nextMicros());
    assertEquals(List.of(1), after.overdue().vectors());
    assertEquals(FIRST, after.foundUpToMicros());
    assertEquals(SECOND_ONE + LIMIT * SECOND + 1, after.nextMicros());
  }

  @Test
  void what_was_found_is_passed_over_and_the_next_is_found() {
    IdleReservation next =
        IdleReservation.look(device, LIMIT, FIRST, SECOND_ONE + LIMIT * SECOND + 1);
    assertEquals(List.of(2), next.overdue().vectors());
    assertEquals(SECOND_ONE, next.foundUpToMicros());
    assertEquals(Unarmed.NEVER, next.nextMicros());
    IdleReservation later = IdleReservation.look(device, LIMIT, SECOND_ONE, 90 * SECOND);
    assertEquals(0, later.overdue().count());
    assertEquals(SECOND_ONE, later.foundUpToMicros());
  }

  @Test
  void once_none_is_overdue_the_next_one_is_found_whatever_its_time() {
    assertEquals(0, IdleReservation.look(device, LIMIT, 77 * SECOND, SECOND).foundUpToMicros());
  }

  @Test
  void a_finding_carries_what_it_was_found_by() {
    long now = 100 * SECOND;
    PolicyFinding found =
        IdleReservation.look(device, LIMIT, 0, now).found(device, POLICY, LIMIT, now);
    assertEquals(List.of(1, 2), found.vectors());
    assertEquals("an irq without a trigger for at most 10 s", found.expected());
    assertEquals("2 without one, the oldest for 98 s", found.reported());
    assertEquals(
        "{ageSeconds=98, hostClock=1970-01-01T00:01:40Z, limitSeconds=10,"
            + " oldestSince=1970-01-01T00:00:01.003Z, policy=of hv-1, 0@4,"
            + " remedy=arm them, disable MSI-X, or close the device, stateCertain=true, vectors=2}",
        found.evidence().toString());
  }

  @Test
  void the_same_breach_has_the_same_id_whenever_it_is_looked_at() {
    PolicyFinding early = found(100 * SECOND, LIMIT);
    assertEquals(early.id(), found(500 * SECOND, LIMIT).id());
    assertNotEquals(early.id(), found(100 * SECOND, LIMIT + 1).id());
  }

  private PolicyFinding found(long nowMicros, long limit) {
    return IdleReservation.look(device, limit, 0, nowMicros)
        .found(device, POLICY, limit, nowMicros);
  }

  @Test
  void a_limit_beyond_all_time_is_never_reached() {
    IdleReservation never = IdleReservation.look(device, Long.MAX_VALUE, 0, 100 * SECOND);
    assertEquals(0, never.overdue().count());
  }
}
