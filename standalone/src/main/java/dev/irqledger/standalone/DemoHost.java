package dev.irqledger.standalone;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.EventPublisher;
import dev.irqledger.agent.publish.Incarnation;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A modelled host with one device, and its agent. */
final class DemoHost implements AutoCloseable {
  private static final KernelRelease KERNEL = new KernelRelease("6.12.111");

  private final DeviceKey device;
  private final Vfio vfio;
  private final EventPublisher publisher;
  private final Agent agent;

  private DemoHost(DeviceKey device, Vfio vfio, Cluster cluster, InstantSource clock) {
    this.device = device;
    this.vfio = vfio;
    Incarnation self = Incarnation.now(device.host(), vfio.bootId(), clock);
    this.publisher = EventPublisher.connect(cluster, self, clock);
    this.agent = new Agent(vfio, List.of(device.bdf()), self, publisher);
    publisher.heartbeat(HostCapacity.TWO_CPUS);
  }

  /** A host whose kernel keeps the rules. */
  static DemoHost start(String name, String bdf, DevicePreset preset, Cluster cluster) {
    DeviceKey device = new DeviceKey(name, new Bdf(bdf));
    return new DemoHost(device, process(device, preset), cluster, InstantSource.system());
  }

  /** A host that shows another irq for that vector once its trigger was removed. */
  static DemoHost startFaulty(
      String name, String bdf, DevicePreset preset, int vector, Cluster cluster) {
    DeviceKey device = new DeviceKey(name, new Bdf(bdf));
    Vfio faulty = new FaultyVfio(process(device, preset), device.bdf(), vector);
    return new DemoHost(device, faulty, cluster, InstantSource.system());
  }

  private static Vfio process(DeviceKey device, DevicePreset preset) {
    ModelledHost host =
        new ModelledHost(device.host(), KERNEL, HostCapacity.TWO_CPUS, InstantSource.system());
    host.add(device.bdf(), preset);
    return host.startProcess();
  }

  DeviceKey device() {
    return device;
  }

  /** Carries the operations out, and waits until all their events are in the log. */
  List<SealedEvent> play(List<Op> ops) {
    List<SealedEvent> events = new ArrayList<>();
    for (Op op : ops) {
      events.add(agent.perform(device.bdf(), op));
    }
    publisher.flush();
    return events;
  }

  @Override
  public void close() {
    agent.close();
    publisher.close();
    vfio.close();
  }
}
