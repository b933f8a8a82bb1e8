package dev.irqledger.agent;

import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.KnownHeads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;

/** Names and hosts that tests use. */
public final class Fixtures {
  public static final String HOST = "host-a";
  public static final Bdf NVME = new Bdf("0000:01:00.0");
  public static final Bdf XHCI = new Bdf("0000:03:00.0");
  public static final Bdf EDU = new Bdf("0000:04:00.0");
  public static final KernelRelease DYNAMIC = new KernelRelease("6.12.111+deb12-amd64");
  public static final KernelRelease LEGACY = new KernelRelease("6.1.0-50-amd64");
  public static final Instant NOW = Instant.parse("2026-11-22T14:34:12.123456Z");
  public static final InstantSource CLOCK = InstantSource.fixed(NOW);
  public static final Cluster CLUSTER = new Cluster("broker:9092", Duration.ofSeconds(1));
  public static final Incarnation SELF =
      new Incarnation(HOST, "boot-1", 7, Actor.process(4711, "irq-ledger"));

  private Fixtures() {}

  /** The agent's life with that epoch. */
  public static Incarnation incarnation(long epoch) {
    return new Incarnation(HOST, "boot-1", epoch, SELF.actor());
  }

  /** That call, which succeeded; nobody looked afterwards. */
  public static InterruptsSet enable(String op) {
    if (!(OpScript.parse(op) instanceof Op.Set(SetIrqs call))) {
      throw new IllegalArgumentException(op);
    }
    return new InterruptsSet(call, OptionalInt.of(0), 1, null);
  }

  /** A host with an NVMe controller, a USB controller and a teaching device. */
  public static ModelledHost host(KernelRelease kernel, int cpuVectors, int irtes) {
    ModelledHost host = new ModelledHost(HOST, kernel, new HostCapacity(cpuVectors, irtes), CLOCK);
    host.add(NVME, DevicePreset.NVME);
    host.add(XHCI, DevicePreset.XHCI);
    host.add(EDU, DevicePreset.EDU);
    return host;
  }

  public static ModelledHost host() {
    return host(DYNAMIC, 100, 1000);
  }

  /** An agent of that process, and the journal where it takes everything down. */
  public static Agent agent(Vfio vfio, ModelledHost host, Journal journal) {
    return new Agent(
        vfio,
        () -> Set.copyOf(host.devices()),
        new HostLedger(SELF, journal, KnownHeads.FIRST_EPOCH, CLOCK),
        Fixtures::words);
  }

  /** What a refusal says. */
  public static String words(Bdf device, VfioException e) {
    return String.valueOf(e.getMessage());
  }
}
