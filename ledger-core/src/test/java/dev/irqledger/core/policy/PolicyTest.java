package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Budget BUDGET = new Budget(Scope.VM, "web", 4, null);
  private static final Enforcement ENFORCED =
      new Enforcement(EnforcedAction.CLEAR, EnforcedAction.NONE, 60);

  private static Policy policy(String host, String revision, Budget budget, Long idle) {
    return new Policy(host, revision, budget == null ? List.of() : List.of(budget), idle);
  }

  @Test
  void one_that_says_the_same_is_the_same() {
    Policy policy = policy("hv-1", "7", BUDGET, 60L);
    Policy same = policy("hv-1", "7", new Budget(Scope.VM, "web", 4, null), 60L);
    assertEquals(policy, same);
    assertEquals(policy.hashCode(), same.hashCode());
    assertEquals(policy.toString(), same.toString());
    List<Object> others =
        List.of(
            policy("hv-2", "7", BUDGET, 60L),
            policy("hv-1", "8", BUDGET, 60L),
            policy("hv-1", "7", new Budget(Scope.VM, "web", 5, null), 60L),
            policy("hv-1", "7", null, 60L),
            policy("hv-1", "7", BUDGET, 61L),
            policy("hv-1", "7", BUDGET, null),
            new Policy("hv-1", "7", List.of(BUDGET), 60L, ENFORCED),
            "hv-1");
    for (Object other : others) {
      assertNotEquals(policy, other);
      assertNotEquals(policy.hashCode(), other.hashCode(), other::toString);
      assertNotEquals(policy.toString(), other.toString());
    }
  }

  @Test
  void only_one_that_limits_nothing_allows_all() {
    assertEquals(true, policy("hv-1", "1", null, null).allowsAll());
    assertEquals(false, policy("hv-1", "1", null, 60L).allowsAll());
    assertEquals(false, policy("hv-1", "1", BUDGET, null).allowsAll());
  }

  @Test
  void it_tells_what_was_written() {
    Policy policy = policy("hv-1", "revision 7", BUDGET, 60L);
    assertEquals("of hv-1, revision 7", policy.words());
    assertEquals("of hv-1", policy("hv-1", "", BUDGET, 60L).words());
    assertEquals("revision 7", policy.revision());
    assertEquals(60L, policy.idleLimitSeconds());
    assertEquals(null, policy("hv-1", "", BUDGET, null).idleLimitSeconds());
    assertEquals(Enforcement.NONE, policy.enforcement());
  }
}
