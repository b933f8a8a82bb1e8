package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.guest.Guest;
import dev.irqledger.agent.host.ModelledBackend;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.status.Sight;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.standalone.RandomOps;
import dev.irqledger.wire.topic.ClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The two modelled hosts of a golden release, in two partitions, each with its agent. The second
 * one is small.
 */
final class GoldenHosts implements AutoCloseable {
  static final int PARTITIONS = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final KernelRelease KERNEL = new KernelRelease("6.12.0");

  /** What each host has, from 0000:01:00.0 on. */
  private static final Map<String, List<DevicePreset>> HOSTS =
      new TreeMap<>(
          Map.of(
              "hv-1",
              List.of(DevicePreset.NVME, DevicePreset.E1000E, DevicePreset.XHCI),
              "hv-3",
              List.of(DevicePreset.NVME2048, DevicePreset.NVME)));

  private static final HostCapacity AMPLE = new HostCapacity(387, 1 << 16);
  private static final HostCapacity SMALL = new HostCapacity(90, 1 << 16);

  /** Of the largest device; more pages than one, and a state that is still small. */
  private static final int VECTORS_USED = 100;

  private final List<Acting> all = new ArrayList<>();

  /** A host's agent and what its devices do next. */
  private record Acting(
      String host, HostAgent agent, ModelledBackend backend, SortedMap<Bdf, RandomOps> ops)
      implements AutoCloseable {
    List<UUID> perform(int each) {
      List<UUID> events = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        int number = 0;
        for (var device : ops.entrySet()) {
          events.add(
              agent
                  .agent()
                  .perform(
                      device.getKey(),
                      OpScript.parse(device.getValue().next()),
                      Guest.monitor(1, number++))
                  .event()
                  .id());
        }
      }
      return events;
    }

    @Override
    public void close() {
      agent.close();
      backend.close();
    }
  }

  private GoldenHosts() {}

  /**
   * Starts the agents.
   *
   * @param journals where their journals are, which they go on with
   * @param seed the same one gives the same calls
   */
  static GoldenHosts start(Path journals, String bootstrap, long seed) {
    GoldenHosts hosts = new GoldenHosts();
    HOSTS.forEach(
        (host, devices) -> hosts.all.add(start(journals, bootstrap, seed, host, devices)));
    return hosts;
  }

  private static Acting start(
      Path journals, String bootstrap, long seed, String name, List<DevicePreset> devices) {
    InstantSource clock = InstantSource.system();
    ModelledHost host = new ModelledHost(name, KERNEL, name.equals("hv-1") ? AMPLE : SMALL, clock);
    SortedMap<Bdf, RandomOps> ops = new TreeMap<>();
    for (DevicePreset device : devices) {
      Bdf at = new Bdf("0000:%02x:00.0".formatted(ops.size() + 1));
      host.add(at, device);
      ops.put(
          at,
          device == DevicePreset.NVME2048
              ? new RandomOps(seed, VECTORS_USED, 0)
              : RandomOps.of(device, seed));
    }
    ModelledBackend backend = new ModelledBackend(host);
    HostAgent.Setup setup =
        new HostAgent.Setup(
            name,
            journals.resolve(name),
            Sync.OFF,
            new Cluster(bootstrap, Duration.ofSeconds(5), ClientSettings.NONE),
            PARTITIONS,
            1,
            clock);
    return new Acting(name, HostAgent.start(setup, backend), backend, ops);
  }

  /** How many devices they have. */
  static int devices() {
    return HOSTS.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Lets each device be called so often.
   *
   * @return the ids of the events that came of it, in the order of each host
   */
  SortedMap<String, List<UUID>> perform(int each) {
    SortedMap<String, List<UUID>> events = new TreeMap<>();
    all.forEach(acting -> events.put(acting.host(), acting.perform(each)));
    return events;
  }

  /** Waits until the log has all of it, and each host's sign of life. */
  void awaitDrained() throws InterruptedException {
    for (Acting acting : all) {
      assertTrue(acting.agent().awaitDrained(PATIENCE), "the log does not get all events");
      acting.agent().beat(Sight.OWN_CALLS);
    }
  }

  /** How many events wait in the journals. */
  long backlog() {
    return all.stream().mapToLong(acting -> acting.agent().journal().backlog()).sum();
  }

  /** As a host that is switched off: no event says that its devices are closed. */
  @Override
  public void close() {
    all.forEach(Acting::close);
  }
}
