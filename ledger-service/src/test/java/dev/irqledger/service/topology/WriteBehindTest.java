package dev.irqledger.service.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** That this version of Streams tells of a commit before it. */
final class WriteBehindTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final List<String> seen = new ArrayList<>();

  /** Remembers one value, and writes it when it is told to. */
  private final class Remembers implements Processor<byte[], byte[], byte[], byte[]> {
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      KeyValueStore<String, byte[]> store = context.getStateStore("store");
      WriteBehind behind = context.getStateStore("behind");
      behind.add(
          "it",
          () -> {
            seen.add("written");
            store.put("it", new byte[] {1});
          });
      context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, _ -> seen.add("punctuated"));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      seen.add("processed");
    }
  }

  @Test
  void what_is_to_be_written_is_written_after_the_event_and_before_its_commit() {
    Topology topology =
        new Topology()
            .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic")
            .addProcessor("remembers", Remembers::new, "source")
            .addStateStore(WriteBehind.builder("behind"), "remembers")
            .addStateStore(
                Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("store"), Serdes.String(), Serdes.ByteArray()),
                "remembers");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "write-behind");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings)) {
      assertNull(driver.getKeyValueStore("store").get("it"));
      driver
          .createInputTopic("topic", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new byte[0]);
      // The driver commits after each record; what it commits is in the changelog by then.
      assertEquals(List.of("processed", "written"), seen);
      assertEquals(
          1,
          driver.producedTopicNames().stream()
              .filter(topic -> topic.endsWith("store-changelog"))
              .count());
      driver.advanceWallClockTime(INTERVAL);
      assertEquals(List.of("processed", "written", "punctuated", "written"), seen);
    }
  }

  @Test
  void a_task_that_becomes_a_standby_writes_nothing_more() {
    WriteBehind behind = WriteBehind.builder("behind").build();
    behind.add("it", () -> seen.add("written"));
    behind.flushCache();
    behind.clearCache();
    behind.flushCache();
    assertEquals(List.of("written"), seen);
  }
}
