package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnforcementTest {
  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "86400, true", "86401, false", "-5, false"})
  void an_expiry_lies_between_a_second_and_a_day(long seconds, boolean sound) {
    if (sound) {
      Enforcement enforced = new Enforcement(EnforcedAction.CLEAR, EnforcedAction.CLOSE, seconds);
      assertEquals(seconds, enforced.expirySeconds());
    } else {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> new Enforcement(EnforcedAction.CLEAR, EnforcedAction.CLOSE, seconds));
      assertEquals("an expiry of " + seconds + " s", refused.getMessage());
    }
  }

  @Test
  void of_a_pool_that_runs_short_people_decide() {
    Enforcement enforced = new Enforcement(EnforcedAction.CLEAR, EnforcedAction.CLOSE, 60);
    assertEquals(EnforcedAction.CLEAR, enforced.about(PolicyRule.OVER_BUDGET));
    assertEquals(EnforcedAction.CLOSE, enforced.about(PolicyRule.IDLE_RESERVATION));
    assertEquals(EnforcedAction.NONE, enforced.about(PolicyRule.NEAR_EXHAUSTION));
    assertEquals(EnforcedAction.NONE, enforced.about(PolicyRule.POOL_EXHAUSTED));
  }
}
