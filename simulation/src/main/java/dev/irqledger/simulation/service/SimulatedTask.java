package dev.irqledger.simulation.service;

import dev.irqledger.service.topology.WriteBehind;
import dev.irqledger.simulation.fate.VirtualTime;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One task of the service, from its restored stores to its end: the processors that the topology
 * supplies, each given what its parents forward.
 */
final class SimulatedTask {
  private final RecordedTopology topology;
  private final int partition;
  private final VirtualTime time;
  private final Map<String, SimulatedStore> stores = new LinkedHashMap<>();
  private final Map<String, WriteBehind> behind = new LinkedHashMap<>();
  private final Map<String, Processor<Object, Object, Object, Object>> processors =
      new LinkedHashMap<>();
  private final List<Schedule> schedules = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private @Nullable RecordMetadata at;

  /** A record that a sink was given. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Output(String topic, byte[] key, byte[] value) {}

  /** Which record is being processed. */
  private record Metadata(String topic, int partition, long offset) implements RecordMetadata {}

  private static final class Schedule {
    private final Punctuator punctuator;
    private final long everyMs;
    private long nextMs;

    Schedule(Punctuator punctuator, long everyMs, long nowMs) {
      this.punctuator = punctuator;
      this.everyMs = everyMs;
      this.nextMs = nowMs + everyMs;
    }
  }

  /**
   * @param restored by store, what the changelogs hold
   */
  SimulatedTask(
      RecordedTopology topology,
      int partition,
      VirtualTime time,
      Map<String, Map<String, byte[]>> restored) {
    this.topology = topology;
    this.partition = partition;
    this.time = time;
    topology.stores.forEach((name, builder) -> addStore(name, builder, restored));
    topology.processors.forEach(
        (name, supplier) -> processors.put(name, processor(supplier.get())));
    processors.forEach((name, processor) -> processor.init(new Context(name)));
  }

  /** Of those that keep something, a simulated one; those that only hear of commits are real. */
  private void addStore(
      String name, StoreBuilder<?> builder, Map<String, Map<String, byte[]>> restored) {
    if (builder instanceof WriteBehind.Builder real) {
      behind.put(name, real.build());
    } else {
      Map<String, byte[]> content =
          builder.loggingEnabled() ? restored.getOrDefault(name, Map.of()) : Map.of();
      stores.put(name, new SimulatedStore(name, content));
    }
  }

  @SuppressWarnings("unchecked") // the topology's own types fit, or a cast fails where they do not
  private static Processor<Object, Object, Object, Object> processor(Processor<?, ?, ?, ?> any) {
    return (Processor<Object, Object, Object, Object>) any;
  }

  void process(String topic, long offset, byte[] key, byte[] value, long timestampMs) {
    at = new Metadata(topic, partition, offset);
    String source = topology.sourceOfTopic.get(topic);
    if (source == null) {
      throw new AssertionError("no source reads " + topic);
    }
    forward(source, new Record<>(key, value, timestampMs), null);
    at = null;
  }

  /** Calls whatever is due. */
  void punctuate() {
    long nowMs = time.millis();
    for (Schedule schedule : List.copyOf(schedules)) {
      if (schedule.nextMs <= nowMs) {
        schedule.nextMs = nowMs + schedule.everyMs;
        schedule.punctuator.punctuate(nowMs);
      }
    }
  }

  /** What the sinks were given since this was last asked. */
  List<Output> takeOutputs() {
    List<Output> taken = List.copyOf(outputs);
    outputs.clear();
    return taken;
  }

  /** As Streams does before each commit. */
  void flushCaches() {
    behind.values().forEach(WriteBehind::flushCache);
  }

  /** What the stores hold. */
  Map<String, Map<String, byte[]>> contents() {
    Map<String, Map<String, byte[]>> contents = new HashMap<>();
    stores.forEach((name, store) -> contents.put(name, store.content()));
    return contents;
  }

  KeyValueStore<String, byte[]> store(String name) {
    SimulatedStore store = stores.get(name);
    if (store == null) {
      throw new AssertionError("no store " + name);
    }
    return store;
  }

  private void forward(String from, Record<?, ?> record, @Nullable String only) {
    for (String child : topology.children.getOrDefault(from, List.of())) {
      if (only == null || only.equals(child)) {
        give(child, record);
      }
    }
  }

  private void give(String to, Record<?, ?> record) {
    String topic = topology.topicOfSink.get(to);
    if (topic != null) {
      outputs.add(new Output(topic, (byte[]) record.key(), (byte[]) record.value()));
      return;
    }
    Processor<Object, Object, Object, Object> processor = processors.get(to);
    if (processor == null) {
      throw new AssertionError("no node " + to);
    }
    processor.process(
        new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
  }

  /** What a processor knows of where it is. */
  private final class Context implements ProcessorContext<Object, Object> {
    private final String name;

    Context(String name) {
      this.name = name;
    }

    @Override
    public <K, V> void forward(Record<K, V> record) {
      SimulatedTask.this.forward(name, record, null);
    }

    @Override
    public <K, V> void forward(Record<K, V> record, String child) {
      if (!topology.children.getOrDefault(name, List.of()).contains(child)) {
        throw new AssertionError(name + " forwards to " + child + ", which is no child of it");
      }
      SimulatedTask.this.forward(name, record, child);
    }

    @Override
    public String applicationId() {
      return "simulation";
    }

    @Override
    public TaskId taskId() {
      return new TaskId(0, partition);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
      return Optional.ofNullable(at);
    }

    @Override
    public Serde<?> keySerde() {
      return Serdes.ByteArray();
    }

    @Override
    public Serde<?> valueSerde() {
      return Serdes.ByteArray();
    }

    @Override
    public File stateDir() {
      throw new UnsupportedOperationException("stores are in memory");
    }

    @Override
    public StreamsMetrics metrics() {
      throw new UnsupportedOperationException("nobody measures a simulation");
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Streams has it
    public <S extends StateStore> S getStateStore(String store) {
      if (!topology.storesOf.getOrDefault(name, Set.of()).contains(store)) {
        throw new AssertionError(name + " is not connected with " + store);
      }
      WriteBehind real = behind.get(store);
      return (S) (real == null ? store(store) : real);
    }

    @Override
    public Cancellable schedule(Duration every, PunctuationType type, Punctuator punctuator) {
      if (type != PunctuationType.WALL_CLOCK_TIME) {
        throw new UnsupportedOperationException("no stream time here");
      }
      Schedule schedule = new Schedule(punctuator, every.toMillis(), time.millis());
      schedules.add(schedule);
      return () -> schedules.remove(schedule);
    }

    @Override
    public Cancellable schedule(
        Instant start, Duration every, PunctuationType type, Punctuator punctuator) {
      throw new UnsupportedOperationException("no fixed start here");
    }

    @Override
    public void commit() {}

    @Override
    public Map<String, Object> appConfigs() {
      return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
      return Map.of();
    }

    @Override
    public long currentSystemTimeMs() {
      return time.millis();
    }

    @Override
    public long currentStreamTimeMs() {
      return time.millis();
    }
  }
}
