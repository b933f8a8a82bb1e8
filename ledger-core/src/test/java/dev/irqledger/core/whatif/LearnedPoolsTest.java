package dev.irqledger.core.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Witness;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.TestDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls that found nothing tell of how large a host's pools are. */
class LearnedPoolsTest {
  private static final int DEVICES = 3;

  private static HostModel model(PoolSizes truth, PoolSizes said, String calls) {
    SharedHost host = new SharedHost(truth, Witness.LOOKING, DEVICES);
    List<InterruptEvent> events = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      events.add(host.make(device, TestDevice.opening(KernelGeneration.DYNAMIC, 8)));
    }
    for (String call : calls.split(";", -1)) {
      int device = Integer.parseInt(call.strip().substring(0, 1));
      events.add(host.make(device, CallText.parse(call.strip().substring(3))));
    }
    return new History(truth, events)
        .again(new HostModel(ReleasePolicy.KERNEL, said, Map.of()), (_, _, _, _) -> {});
  }

  /** Calls of devices 0 to 2, and the two sizes that the log knows then; none where no end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing ran out                 | 100 | 100 | 0: msix 0 5 5; 1: msix 0 5         |   |
          an enable got what was left     | 100 | 4 | 0: msix 0 5 5; 1: msix 0 5 5 5       |   | 4
          one without triggers got none   | 100 | 4 | 0: msix 0 5 5 5 5; 1: msix 0 - -     |   | 4
          one with triggers may lack both | 100 | 4 | 0: msix 0 5 5 5 5; 1: msix 0 5       | 4 |
          where entries are known to lack | 100 | 4 | 0: msix 0 5 5; 1: msix 0 5 5 5; 1: msix 0 5 5; 2: msix 0 5 | | 4
          a vector got no entry           | 100 | 3 | 0: msix 0 5 5 5; 0: msix 3 5         |   | 3
          a vector got no CPU vector      | 2 | 100 | 0: msix 0 5 5; 0: msix 2 5           | 2 |
          an enable got no CPU vector     | 2 | 100 | 0: msix 0 5; 1: msix 0 5 5           | 2 |
          what is known already may fit   | 2 | 100 | 0: msix 0 5 5; 0: msix 2 5; 0: msix 1 -; 1: msix 0 5 5 5 | 2 |
          what is known may not fit       | 2 | 100 | 0: msix 0 5; 1: msix 0 5 5 5; 0: msix off; 1: msix 0 5 5; 2: msix 0 5 | 2 |
          """)
  void a_call_that_found_nothing_tells_how_much_there_was(
      String what, int cpuVectors, int irtes, String calls, Integer knownCpu, Integer knownIrtes) {
    PoolSizes truth = new PoolSizes(cpuVectors, irtes);
    assertEquals(
        new PoolSizes(knownCpu, knownIrtes), model(truth, PoolSizes.UNKNOWN, calls).sizes(), what);
  }

  @Test
  void what_somebody_said_counts_more_than_what_the_log_shows() {
    PoolSizes said = new PoolSizes(7, 9);
    assertEquals(said, model(new PoolSizes(2, 100), said, "0: msix 0 5 5; 0: msix 2 5").sizes());
    assertEquals(7, said.of(Pool.CPU_VECTORS));
    assertEquals(9, said.of(Pool.REMAPPING_ENTRIES));
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, -1", "-1,", ", -1"})
  void no_pool_holds_less_than_nothing(Integer cpuVectors, Integer irtes) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new PoolSizes(cpuVectors, irtes));
    assertEquals(
        "a pool holds 0 or more: " + cpuVectors + " CPU vectors, " + irtes + " IRTEs",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0,", ", 0", ","})
  void it_may_hold_nothing_or_nobody_knows(Integer cpuVectors, Integer irtes) {
    assertEquals(cpuVectors, new PoolSizes(cpuVectors, irtes).of(Pool.CPU_VECTORS));
  }
}
