package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.policy.PoolShortage.Threshold;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolShortageTest {
  private static PoolLevel irtes(int armed, int cached, int reserved) {
    return new PoolLevel(
        Pool.REMAPPING_ENTRIES, "dmar0", new VectorCounts(armed, cached, reserved), null, 100);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          89, false, false
          90, false, true
          89, true,  true
          85, true,  true
          84, true,  false
          """)
  void a_pool_that_goes_up_and_down_at_the_threshold_is_nearly_exhausted_once(
      int held, boolean before, boolean near) {
    assertEquals(near, Threshold.DEFAULT.near(irtes(held, 0, 0), before));
  }

  @Test
  void of_a_pool_whose_size_nobody_knows_nothing_is_said() {
    PoolLevel unknown =
        new PoolLevel(Pool.CPU_VECTORS, null, new VectorCounts(1 << 20, 0, 0), 12, null);
    assertFalse(Threshold.DEFAULT.near(unknown, false));
  }

  @Test
  void only_armed_vectors_and_the_hosts_own_fill_the_pool_of_cpu_vectors() {
    PoolLevel level = new PoolLevel(Pool.CPU_VECTORS, null, new VectorCounts(3, 40, 50), 12, 16);
    assertEquals(15, level.used());
    assertFalse(level.filledTo(94));
  }

  @Test
  void a_finding_names_the_pool_its_holders_and_what_would_free_it() {
    List<Share> holders =
        List.of(
            new Share("0000:01:00.0", "web-1", new VectorCounts(50, 10, 0)),
            new Share("0000:02:00.0", null, new VectorCounts(31, 0, 0)));
    PolicyFinding near =
        PoolShortage.near(
            "hv-1", irtes(81, 10, 0), Threshold.DEFAULT, holders, FoundAt.noEvent("a test"));
    assertEquals(
        "less than 90 % of the interrupt-remapping entries or irq descriptors of dmar0 in use",
        near.expected());
    assertEquals("91 of 100 in use", near.reported());
    assertEquals(
        Map.of(
            "pool", "REMAPPING_ENTRIES",
            "unit", "dmar0",
            "armed", "81",
            "cached", "10",
            "reserved", "0",
            "usedByHost", "unknown",
            "capacity", "100",
            "thresholdPercent", "90",
            "holder.1", "0000:01:00.0 of VM web-1: 50 armed, 10 cached, 0 reserved",
            "holder.2", "0000:02:00.0: 31 armed, 0 cached, 0 reserved"),
        without("remedy", near));
    assertEquals(
        "10 have no trigger: disable MSI-X or MSI, or close, and set up again only what is armed:"
            + " 0000:01:00.0",
        near.evidence().get("remedy"));
  }

  @Test
  void what_only_reserves_vectors_holds_entries_too() {
    List<Share> holders = List.of(new Share("0000:01:00.0", null, new VectorCounts(0, 1, 7)));
    PolicyFinding near =
        PoolShortage.near(
            "hv-1", irtes(81, 3, 7), Threshold.DEFAULT, holders, FoundAt.noEvent("a test"));
    String remedy = near.evidence().get("remedy");
    assertTrue(remedy.startsWith("10 have no trigger"), remedy);
    assertTrue(remedy.endsWith(": 0000:01:00.0"), remedy);
  }

  @Test
  void a_call_that_found_nothing_is_told_with_who_had_it_then() {
    DeviceState device = TestDevice.opened(KernelGeneration.DYNAMIC).given("msix 0 5").state();
    PoolLevel level = new PoolLevel(Pool.CPU_VECTORS, null, new VectorCounts(3, 1, 0), 12, 16);
    List<Share> holders =
        List.of(
            new Share("0000:01:00.0", null, new VectorCounts(3, 0, 0)),
            new Share("0000:02:00.0", null, new VectorCounts(0, 1, 0)));
    PolicyFinding found = PoolShortage.exhausted(device, level, -28, holders);
    assertEquals(PolicyRule.POOL_EXHAUSTED, found.rule());
    assertEquals("enough CPU vectors for the call", found.expected());
    assertEquals("-28; passthrough devices held 3 after it", found.reported());
    assertEquals(
        Map.of(
            "pool", "CPU_VECTORS",
            "unit", "",
            "armed", "3",
            "cached", "1",
            "reserved", "0",
            "usedByHost", "12",
            "capacity", "16",
            "result", "-28",
            "holder.1", "0000:01:00.0: 3 armed, 0 cached, 0 reserved",
            "holder.2", "0000:02:00.0: 0 armed, 1 cached, 0 reserved"),
        without("remedy", found));
    assertEquals(
        "only armed vectors hold them: take triggers away, disable MSI-X or MSI, or close:"
            + " 0000:01:00.0",
        found.evidence().get("remedy"));
  }

  private static Map<String, String> without(String name, PolicyFinding finding) {
    Map<String, String> evidence = new TreeMap<>(finding.evidence());
    evidence.remove(name);
    return evidence;
  }
}
