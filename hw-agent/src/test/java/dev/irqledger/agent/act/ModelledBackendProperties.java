package dev.irqledger.agent.act;

import static dev.irqledger.agent.Fixtures.EDU;
import static dev.irqledger.agent.Fixtures.NVME;
import static dev.irqledger.agent.Fixtures.XHCI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.LogReader;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ModelledBackendProperties {
  private static final List<Bdf> DEVICES = List.of(NVME, XHCI, EDU);
  private static final long NOW_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, Fixtures.NOW);

  record Step(Bdf device, Op op) {}

  @Property(tries = 300)
  void folding_the_events_gives_the_hosts_interrupts_and_breaks_no_rule(
      @ForAll("scripts") List<Step> script,
      @ForAll("kernels") KernelRelease kernel,
      @ForAll("pools") int cpuVectors,
      @ForAll("pools") int irtes) {
    ModelledHost host = Fixtures.host(kernel, cpuVectors, irtes);
    LogReader log = new LogReader();
    EventSealer sealer = new EventSealer(EventCodec.releasedOnly(), 1, "", KnownHeads.FIRST_EPOCH);
    try (Vfio vfio = host.startProcess()) {
      Map<Bdf, OpExecutor> executors =
          DEVICES.stream()
              .collect(Collectors.toMap(d -> d, d -> new OpExecutor(vfio, d, Fixtures::words)));
      for (Step step : script) {
        Bdf device = step.device();
        SealedEvent sealed =
            sealer.seal(
                UUID.randomUUID(),
                new DeviceKey(Fixtures.HOST, device),
                Source.AGENT_CALL,
                Actor.UNKNOWN,
                NOW_MICROS,
                executors.get(device).execute(step.op()));
        assertEquals(sealed.event(), log.read(sealed.bytes()));
        assertEquals(List.of(), log.violations());
        assertEquals(host.interrupts(device), log.interrupts(device));
        assertNull(log.state(device).uncertainty());
      }
      checkPools(host, cpuVectors, irtes);
    }
    assertEquals(0, host.totals().vectors().allocated());
  }

  private static void checkPools(ModelledHost host, int cpuVectors, int irtes) {
    Set<Integer> irqs = new HashSet<>();
    int allocated = 0;
    for (Bdf device : DEVICES) {
      var vectors = host.interrupts(device).vectors();
      allocated += vectors.counts().allocated();
      vectors.forEach((_, state) -> irqs.add(number(state)));
    }
    assertEquals(allocated, irqs.size());
    assertEquals(allocated, host.totals().vectors().allocated());
    assertTrue(host.totals().peakArmed() <= cpuVectors);
    assertTrue(host.totals().peakAllocated() <= irtes);
  }

  private static int number(VectorState state) {
    assertTrue(state.irq() >= 24);
    return state.irq();
  }

  @Provide
  Arbitrary<Integer> pools() {
    return Arbitraries.of(0, 1, 3, 6, 20, 1000);
  }

  @Provide
  Arbitrary<KernelRelease> kernels() {
    return Arbitraries.of(Fixtures.DYNAMIC, Fixtures.LEGACY);
  }

  @Provide
  Arbitrary<List<Step>> scripts() {
    Arbitrary<Op> ops =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just("open").map(OpScript::parse)),
            Tuple.of(1, Arbitraries.of("close", "reset").map(OpScript::parse)),
            Tuple.of(4, Arbitraries.of(2, 2, 2, 1, 0).map(i -> disable(i))),
            Tuple.of(20, triggers()),
            Tuple.of(4, others()));
    return Combinators.combine(Arbitraries.of(DEVICES), ops)
        .as(Step::new)
        .list()
        .ofMaxSize(60)
        .map(ModelledBackendProperties::opened);
  }

  /** Most scripts begin by opening what they work on. */
  private static List<Step> opened(List<Step> steps) {
    List<Step> all = new ArrayList<>();
    if (steps.size() % 8 != 0) {
      DEVICES.forEach(device -> all.add(new Step(device, new Op.Open())));
    }
    all.addAll(steps);
    return all;
  }

  private static Op disable(int index) {
    return OpScript.parse("set " + index + " 0 0 none trigger");
  }

  private static Arbitrary<Op> triggers() {
    Arbitrary<String> fd =
        Arbitraries.frequencyOf(
            Tuple.of(10, Arbitraries.integers().between(0, 63).map(k -> "e" + k)),
            Tuple.of(4, Arbitraries.just("-1")),
            Tuple.of(1, Arbitraries.of("b", "s")));
    return Combinators.combine(
            Arbitraries.of(2, 2, 2, 2, 1, 1, 0, 3, 4),
            Arbitraries.of(0, 0, 0, 1, 3, 8, 31, 32, 5000),
            fd.list().ofMinSize(0).ofMaxSize(6))
        .as((index, start, fds) ->
            OpScript.parse(
                "set %d %d %d eventfd trigger %s"
                    .formatted(index, start, fds.size(), String.join(",", fds))));
  }

  private static Arbitrary<Op> others() {
    return Arbitraries.of(
            "set 2 0 4 none trigger",
            "set 2 0 3 bool trigger 1,0,1",
            "set 1 0 1 none trigger",
            "set 3 0 1 none trigger",
            "set 4 0 1 bool trigger 1",
            "set 0 0 1 none mask",
            "set 0 0 1 eventfd unmask e1",
            "set 2 0 1 eventfd mask e1",
            "set 2 0 4 eventfd trigger e1",
            "set 4294967295 0 1 none trigger")
        .map(OpScript::parse);
  }
}
