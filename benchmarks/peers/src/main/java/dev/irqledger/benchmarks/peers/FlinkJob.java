package dev.irqledger.benchmarks.peers;

import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The fold as a Flink job in its local cluster, from Kafka, keyed by device. Its settings are the
 * fastest that we know: states as objects on the heap, records handed on without copies, no
 * checkpoints, two slots.
 */
final class FlinkJob {
  private static final String EVENTS = "events";
  private static final String VIOLATIONS = "violations";

  private FlinkJob() {}

  /**
   * Folds the log to its end. The start of the cluster is not measured, the job's own is.
   *
   * @return events a second
   */
  @SuppressWarnings("try") // its closing may be interrupted, and then the benchmark ends
  static double fold(String bootstrapServers, int slots, Tally expected) throws Exception {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    try (StreamExecutionEnvironment flink =
        StreamExecutionEnvironment.createLocalEnvironment(slots, settings)) {
      KafkaSource<Tuple2<String, byte[]>> log =
          KafkaSource.<Tuple2<String, byte[]>>builder()
              .setBootstrapServers(bootstrapServers)
              .setTopics(Topic.EVENTS.topicName())
              .setStartingOffsets(OffsetsInitializer.earliest())
              .setBounded(OffsetsInitializer.latest())
              .setDeserializer(new KeyAndValue())
              .build();
      flink
          .fromSource(log, WatermarkStrategy.noWatermarks(), "irq.events")
          .keyBy(record -> record.f0, Types.STRING)
          .process(new Fold())
          .sinkTo(new DiscardingSink<>());
      JobExecutionResult done = flink.execute();
      Tally tally =
          new Tally(done.getAccumulatorResult(EVENTS), done.getAccumulatorResult(VIOLATIONS));
      if (!tally.equals(expected)) {
        throw new IllegalStateException("folded " + tally + " instead of " + expected);
      }
      return expected.events() * 1e3 / done.getNetRuntime(TimeUnit.MILLISECONDS);
    }
  }

  /** The device and the event's bytes. */
  private static final class KeyAndValue
      implements KafkaRecordDeserializationSchema<Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<String, byte[]>> out) {
      out.collect(Tuple2.of(new String(record.key(), StandardCharsets.UTF_8), record.value()));
    }

    @Override
    public TypeInformation<Tuple2<String, byte[]>> getProducedType() {
      return Types.TUPLE(Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));
    }
  }

  private static final class Fold
      extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Integer> {
    private static final long serialVersionUID = 1;

    private transient ValueState<DeviceState> state;
    private final LongCounter events = new LongCounter();
    private final LongCounter violations = new LongCounter();

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getState(
                  new ValueStateDescriptor<>("device", TypeInformation.of(DeviceState.class)));
      getRuntimeContext().addAccumulator(EVENTS, events);
      getRuntimeContext().addAccumulator(VIOLATIONS, violations);
    }

    @Override
    public void processElement(
        Tuple2<String, byte[]> record, Context context, Collector<Integer> out) throws Exception {
      Folded folded = Tally.fold(state.value(), record.f1);
      state.update(folded.state());
      events.add(1);
      violations.add(folded.violations().size());
    }
  }
}
