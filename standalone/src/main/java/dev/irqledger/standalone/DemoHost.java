package dev.irqledger.standalone;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.host.ModelledBackend;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.status.Sight;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.FaultyVfio;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.recordings.Op;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A modelled host with one device, and its agent. */
final class DemoHost implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final KernelRelease KERNEL = new KernelRelease("6.12.111");

  /** How long the log may take for a host's events. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DeviceKey device;
  private final HostBackend backend;
  private final HostAgent agent;

  private DemoHost(DeviceKey device, HostBackend backend, Cluster cluster, Path journals) {
    this.device = device;
    this.backend = backend;
    HostAgent.Setup setup =
        new HostAgent.Setup(
            device.host(),
            journals.resolve(device.host()),
            Sync.OFF, // it is thrown away with the demonstration
            cluster,
            Topics.DEFAULT_PARTITIONS,
            CLOCK.millis(),
            CLOCK);
    this.agent = HostAgent.start(setup, backend);
  }

  /** A host whose kernel keeps the rules. */
  static DemoHost start(
      String name, String bdf, DevicePreset preset, Cluster cluster, Path journals) {
    DeviceKey device = new DeviceKey(name, new Bdf(bdf));
    return new DemoHost(device, new ModelledBackend(host(device, preset)), cluster, journals);
  }

  /** A host that shows another irq for that vector once its trigger was removed. */
  static DemoHost startFaulty(
      String name, String bdf, DevicePreset preset, int vector, Cluster cluster, Path journals) {
    DeviceKey device = new DeviceKey(name, new Bdf(bdf));
    ModelledHost host = host(device, preset);
    Vfio faulty = new FaultyVfio(host.startProcess(), device.bdf(), vector);
    return new DemoHost(device, new ModelledBackend(host, faulty), cluster, journals);
  }

  private static ModelledHost host(DeviceKey device, DevicePreset preset) {
    ModelledHost host = new ModelledHost(device.host(), KERNEL, HostCapacity.TWO_CPUS, CLOCK);
    host.add(device.bdf(), preset);
    return host;
  }

  DeviceKey device() {
    return device;
  }

  /** Carries the operations out, and waits until all their events are in the log. */
  List<SealedEvent> play(List<Op> ops) throws InterruptedException {
    agent.drainer().awaitConnected();
    agent.beat(Sight.OWN_CALLS); // first, so that each pool is published with its size
    List<SealedEvent> events = new ArrayList<>();
    for (Op op : ops) {
      events.add(agent.agent().perform(device.bdf(), op).sealed());
    }
    if (!agent.awaitDrained(PATIENCE)) {
      throw new IllegalStateException("the log did not take the events of " + device);
    }
    return events;
  }

  @Override
  public void close() {
    agent.close();
    backend.close();
  }
}
