package dev.irqledger.agent.status;

import static dev.irqledger.agent.Fixtures.DYNAMIC;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.KnownHeads;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          # CPU vectors | entries | operation                              | which pool
          2 | 100 | set 2 0 2 eventfd trigger e0,e1            | none
          2 | 100 | set 2 0 3 eventfd trigger e0,e1,e2         | CPU_VECTORS
          2 | 100 | set 2 0 1 eventfd trigger b                | none
          100 | 2 | set 2 0 2 eventfd trigger e0,e1            | none
          100 | 2 | set 2 0 3 eventfd trigger e0,e1,e2         | REMAPPING_ENTRIES
          100 | 2 | set 2 0 3 eventfd trigger -1,-1,-1         | REMAPPING_ENTRIES
          """)
  void an_enable_tells_which_pool_ran_out(int cpuVectors, int irtes, String op, Pool expected) {
    assertEquals(expected, Pool.exhaustedAt(last(cpuVectors, irtes, "open", op)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | 100 | CPU_VECTORS
          100 | 2 | REMAPPING_ENTRIES
          """)
  void a_vector_added_tells_which_pool_ran_out(int cpuVectors, int irtes, Pool expected) {
    EventBody body =
        last(
            cpuVectors,
            irtes,
            "open",
            "set 2 0 2 eventfd trigger e0,e1",
            "set 2 2 1 eventfd trigger e2");
    assertEquals(expected, Pool.exhaustedAt(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100 | 4 | out of interrupt-remapping entries or irq descriptors for the 3 asked for: passthrough devices now hold 3 of 4: 0000:01:00.0 3 (irq-ledger 4711)
          3 | 100 | out of CPU vectors for the 3 asked for: passthrough devices now hold 3 of 3: 0000:01:00.0 3 (irq-ledger 4711)
          """)
  void what_is_told_names_the_pool_its_size_and_its_holders(
      int cpuVectors, int irtes, String expected) {
    try (Journal journal = Journal.open(folder, Fixtures.HOST, Sync.OFF)) {
      ModelledHost host = Fixtures.host(DYNAMIC, cpuVectors, irtes);
      HostLedger ledger = ledger(journal);
      Agent agent = agent(host, ledger);
      perform(agent, NVME, "open", "set 2 0 3 eventfd trigger e0,e1,e2");
      EventBody body = perform(agent, XHCI, "open", "set 2 0 3 eventfd trigger e0,e1,e2");
      Resources.Unit unit = new Resources.Unit("dmar0", OptionalInt.of(irtes), OptionalInt.empty());
      Resources resources =
          new Resources(OptionalInt.of(cpuVectors), OptionalInt.empty(), List.of(unit), List.of());
      assertEquals(
          expected, Shortage.tell(Pool.exhaustedAt(body), body, ledger.holdings(), resources));
    }
  }

  private EventBody last(int cpuVectors, int irtes, String... ops) {
    try (Journal journal = Journal.open(folder, Fixtures.HOST, Sync.OFF)) {
      return perform(agent(Fixtures.host(DYNAMIC, cpuVectors, irtes), ledger(journal)), NVME, ops);
    }
  }

  private static HostLedger ledger(Journal journal) {
    return new HostLedger(Fixtures.SELF, journal, KnownHeads.FIRST_EPOCH, Fixtures.CLOCK);
  }

  private static Agent agent(ModelledHost host, HostLedger ledger) {
    return new Agent(
        host.startProcess(), () -> Set.copyOf(host.devices()), ledger, Fixtures::words);
  }

  private static EventBody perform(Agent agent, Bdf device, String... ops) {
    EventBody last = null;
    for (String op : ops) {
      last = agent.perform(device, OpScript.parse(op)).event().body();
    }
    return last;
  }
}
