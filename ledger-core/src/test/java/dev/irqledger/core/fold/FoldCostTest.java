package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.state.DeviceState;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured in bytes, which do not depend on what else the machine does. */
class FoldCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int RUNS = 200;

  @ParameterizedTest
  @CsvSource({
    "msix 7 -, LOOKING",
    "msix 7 -, SEEING_CALLS",
    "msix 7 closed, LOOKING",
    "msix 7 closed, SEEING_CALLS",
    "msix signal 7 1, LOOKING",
    "msix 7 9 -, LOOKING",
    "reset, LOOKING",
    "err 9, LOOKING"
  })
  void an_event_costs_what_it_reports_however_many_vectors_the_device_has(
      String call, Witness witness) {
    long few = bytes(32, call, witness);
    long many = bytes(2048, call, witness);
    assertTrue(few > 0);
    assertTrue(many <= 2 * few, () -> few + " bytes with 32 vectors, " + many + " with 2048");
  }

  private static long bytes(int vectors, String call, Witness witness) {
    int[] fds = new int[vectors];
    Arrays.fill(fds, 5);
    Life life = Life.of(KernelGeneration.DYNAMIC, 2048, "");
    List<InterruptEvent> events =
        LogWriter.write(
            new Life(
                life.generation(),
                life.cpuVectors(),
                life.irtes(),
                List.of(
                    life.calls().getFirst(),
                    SetIrqs.triggers(IrqIndex.MSIX, 0, fds),
                    CallText.parse(call))),
            witness);
    DeviceState state = Folding.of(events.subList(0, 2)).state();
    assertEquals(vectors, state.counts().armed());
    return leastBytes(state, events.getLast());
  }

  private static long leastBytes(DeviceState state, InterruptEvent event) {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Folded folded = Ledger.fold(state, event);
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(folded.applied());
      least = Math.min(least, bytes);
    }
    return least;
  }
}
