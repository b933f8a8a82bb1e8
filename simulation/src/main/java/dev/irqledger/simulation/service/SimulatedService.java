package dev.irqledger.simulation.service;

import dev.irqledger.core.policy.Policies;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.StreamsSettings;
import dev.irqledger.service.topology.Backlog;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.service.topology.StateReader;
import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.VirtualTime;
import dev.irqledger.simulation.log.SimulatedLog;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The service: a task for each partition. What a task did since its last commit is lost with it, or
 * all there: position, changelogs and results (KIP-447), as long as the service asks for that.
 */
public final class SimulatedService {
  private static final Duration STATES = Duration.ofMillis(100);
  private static final Duration SUMS = Duration.ofMillis(200);

  private final SimulatedLog log;
  private final Fate fate;
  private final VirtualTime time;
  private final Lookups lookups = Lookups.releasedOnly();
  private final RecordedTopology topology = new RecordedTopology();
  private final boolean exactlyOnce;
  private final List<Place> places = new ArrayList<>();
  private final Map<String, List<byte[]>> results = new HashMap<>();
  private long folded = -1;

  /** A partition, and how far it is folded. */
  private final class Place {
    private final int partition;
    private Map<String, Map<String, byte[]>> changelogs = Map.of();
    private long committed;
    private long position;
    private SimulatedTask task;

    Place(int partition) {
      this.partition = partition;
      this.task = new SimulatedTask(topology, partition, time, changelogs);
    }
  }

  public SimulatedService(SimulatedLog log, Fate fate, VirtualTime time) {
    this.log = log;
    this.fate = fate;
    this.time = time;
    LedgerTopology.describe(topology, lookups, () -> Policies.NONE, Backlog.NONE, STATES, SUMS, 1);
    this.exactlyOnce =
        StreamsConfig.EXACTLY_ONCE_V2.equals(
            StreamsSettings.of(ServiceSettings.of("localhost:1", Path.of("unused")), 1)
                .get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    for (int i = 0; i < log.partitions(); i++) {
      places.add(new Place(i));
    }
  }

  /** Folds up to so many records of a partition. */
  public void fold(int partition, int most) {
    Place place = places.get(partition);
    List<SimulatedLog.Row> rows = log.rows(partition);
    for (int i = 0; i < most && place.position < rows.size(); i++) {
      SimulatedLog.Row row = rows.get((int) place.position);
      place.task.process(
          Topic.EVENTS.topicName(), row.offset(), row.key(), row.value(), row.logTimeMs());
      place.position++;
      if (row.number() < folded) {
        fate.count(Fault.PARTITIONS_REORDERED);
      }
      folded = Math.max(folded, row.number());
      if (!exactlyOnce) {
        publish(place);
      }
    }
  }

  /** Lets a partition's task do what is due by the clock. */
  public void punctuate(int partition) {
    places.get(partition).task.punctuate();
  }

  /** Commits what a partition's task has done. */
  public void commit(int partition) {
    Place place = places.get(partition);
    publish(place);
    place.committed = place.position;
  }

  private void publish(Place place) {
    place.task.flushCaches();
    place.changelogs = place.task.contents();
    for (SimulatedTask.Output output : place.task.takeOutputs()) {
      results.computeIfAbsent(output.topic(), _ -> new ArrayList<>()).add(output.value());
    }
  }

  /** A partition's task dies, and another one goes on from what was committed. */
  public void crash(int partition) {
    Place place = places.get(partition);
    place.position = place.committed;
    place.task = new SimulatedTask(topology, partition, time, place.changelogs);
    fate.count(Fault.SERVICE_CRASH);
  }

  /** Whether all of the log is folded. */
  public boolean caughtUp() {
    return places.stream().allMatch(p -> p.position == log.rows(p.partition).size());
  }

  /** The committed results of a topic, in order. */
  public List<byte[]> results(Topic topic) {
    return results.getOrDefault(topic.topicName(), List.of());
  }

  /** Reads the states of all devices. */
  public void states(Consumer<FoldedState> reader) {
    for (Place place : places) {
      place.task.flushCaches();
      new StateReader(lookups.schemas(), place.task.store(LedgerTopology.DEVICE_STATES))
          .forEach(reader);
    }
  }
}
