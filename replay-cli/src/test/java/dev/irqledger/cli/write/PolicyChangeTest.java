package dev.irqledger.cli.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.launch.DurationText;
import dev.irqledger.wire.avro.EnforcedAction;
import dev.irqledger.wire.avro.Enforcement;
import dev.irqledger.wire.avro.Policy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyChangeTest {
  private static PolicyChange change(String idle, String... budgets) {
    return new PolicyChange(
        Stream.of(budgets).map(BudgetText::parse).toList(),
        idle == null ? null : IdleLimit.parse(idle),
        EnforcementChange.NOTHING);
  }

  private static PolicyChange enforcing(String... texts) {
    return new PolicyChange(
        List.of(),
        null,
        new EnforcementChange(Stream.of(texts).map(EnforceText::parse).toList(), null));
  }

  @Test
  void what_is_enforced_stays_until_it_is_named_again() {
    Policy first = enforcing("over-budget=clear").apply("hv-1", null);
    assertEquals(
        List.of(
            "no limit",
            "enforced on devices of the agent: over a device's budget, the triggers that are idle"
                + " longest are taken away; within 1m"),
        PolicyText.lines(first));
    Policy second = change("1h").apply("hv-1", first);
    assertEquals(first.getEnforcement(), second.getEnforcement());
    Duration soon = Duration.ofSeconds(5);
    Policy third =
        new PolicyChange(
                List.of(),
                null,
                new EnforcementChange(List.of(EnforceText.parse("idle=close")), soon))
            .apply("hv-1", second);
    assertEquals(
        new Enforcement(EnforcedAction.CLEAR, EnforcedAction.CLOSE, 5L), third.getEnforcement());
    Policy fourth = enforcing("over-budget=none,idle=disable").apply("hv-1", third);
    assertEquals(
        new Enforcement(EnforcedAction.NONE, EnforcedAction.DISABLE, 5L), fourth.getEnforcement());
    assertNull(enforcing("none").apply("hv-1", fourth).getEnforcement());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clear|not to be enforced",
        "over-budget|not to be enforced",
        "idle=close,idle=disable|named twice",
        "idle=clear|have no trigger",
        "over-budget=kill|no action: 'kill'",
        "over-budget=clear,|not to be enforced"
      })
  void what_cannot_be_enforced_is_told_why(String text, String said) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> EnforceText.parse(text));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0s, false", "1500ms, false", "2d, false", "1s, true", "1d, true"})
  void an_expiry_is_whole_seconds_up_to_a_day(String text, boolean sound) {
    Duration expiry = DurationText.parse(text);
    assertEquals(sound, new EnforcementChange(List.of(), expiry).fault() == null);
  }

  @Test
  void what_is_named_is_replaced_and_the_rest_stays() {
    Policy first =
        change("1h", "vm:web:armed=4,allocated=8", "device:0000:01:00.0:armed=2")
            .apply("hv-1", null);
    assertEquals(
        List.of(
            "vm web: at most 4 armed, at most 8 allocated",
            "device 0000:01:00.0: at most 2 armed",
            "a cached vector at most 1h without a trigger"),
        PolicyText.lines(first));
    Policy second = change(null, "vm:web:allocated=9", "host:*:armed=0").apply("hv-1", first);
    assertEquals(
        List.of(
            "each host: at most 0 armed",
            "vm web: at most 9 allocated",
            "device 0000:01:00.0: at most 2 armed",
            "a cached vector at most 1h without a trigger"),
        PolicyText.lines(second));
    Policy third =
        change("none", "vm:web:none", "host:*:none", "device:0000:01:00.0:none")
            .apply("hv-1", second);
    assertEquals(List.of("no limit"), PolicyText.lines(third));
  }

  @Test
  void a_copy_of_the_policy_of_every_host_belongs_to_the_host() {
    Policy every = change("1m").apply("*", null);
    Policy own = change(null, "vm:*:armed=1").apply("hv-1", every);
    assertEquals("hv-1", own.getHost());
    assertEquals(60, own.getIdleLimitSeconds());
  }

  @Test
  void a_holder_named_twice_and_another_host_are_faults() {
    assertNull(change(null, "vm:a:armed=1", "vm:b:armed=1").fault("hv-1"));
    assertNull(change(null, "host:hv-1:armed=1").fault("hv-1"));
    String twice = change(null, "vm:a:armed=1", "vm:a:none").fault("hv-1");
    assertNotNull(twice);
    assertTrue(twice.contains("twice"), twice);
    String other = change(null, "host:hv-2:armed=1").fault("hv-1");
    assertNotNull(other);
    assertTrue(other.contains("hv-2"), other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vm|not a budget",
        "vm:web|not a budget",
        "vm::armed=1|not a budget",
        "rack:a:armed=1|no scope: 'rack'",
        "device:01:00.0:armed=1|not a PCI address",
        "vm:web:armed=-1|a limit is 0 to",
        "vm:web:armed=1000000000|a limit is 0 to",
        "vm:web:armed=|a limit is 0 to",
        "vm:web:armed=1,armed=2|named twice",
        "vm:web:cached=1|not a limit",
        "vm:web:armed=9,allocated=8|can never be reached",
        "vm:\u001b[31m:armed=1|not a name: '?[31m'"
      })
  void what_is_no_budget_is_told_why(String text, String said) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> BudgetText.parse(text));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0s", "1500ms", "forever", "-1s"})
  void an_idle_limit_is_whole_seconds_or_none(String text) {
    assertThrows(IllegalArgumentException.class, () -> IdleLimit.parse(text));
  }
}
