package dev.irqledger.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaLogSourceTest {
  private static final String TOPIC = "irq.events";
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final KafkaLogSource source =
      new KafkaLogSource(consumer, TOPIC, "broker:9092", Duration.ofMillis(300));

  private void hold(int partition, String... values) {
    TopicPartition p = new TopicPartition(TOPIC, partition);
    consumer.updateBeginningOffsets(Map.of(p, 0L));
    consumer.updateEndOffsets(Map.of(p, (long) values.length));
    consumer.schedulePollTask(() -> {
      for (int i = 0; i < values.length; i++) {
        consumer.addRecord(
            new ConsumerRecord<>(
                TOPIC, partition, i, new byte[0], values[i].getBytes(StandardCharsets.UTF_8)));
      }
    });
  }

  private List<String> read(Map<Integer, Long> last) {
    List<String> values = new ArrayList<>();
    source.read(
        new TreeMap<>(last),
        record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
    return values;
  }

  @Test
  void it_reads_up_to_the_named_record_and_no_further() {
    hold(0, "a", "b", "c");
    assertEquals(List.of("a", "b"), read(Map.of(0, 1L)));
  }

  @Test
  void nothing_is_read_where_nothing_is_named() {
    assertEquals(List.of(), read(Map.of(0, -1L)));
  }

  @Test
  void a_broker_that_falls_silent_is_an_error_and_no_wait_without_end() {
    hold(0, "a");
    ReplayException e = assertThrows(ReplayException.class, () -> read(Map.of(0, 5L)));
    assertEquals(ReplayException.Kind.UNREACHABLE, e.kind());
  }

  @Test
  void a_topic_that_is_not_there_is_named() {
    ReplayException e = assertThrows(ReplayException.class, source::ranges);
    assertEquals(ReplayException.Kind.NO_TOPIC, e.kind());
  }

  @Test
  void ranges_tell_begin_and_end() {
    Node node = new Node(1, "broker", 9092);
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[0], new Node[0])));
    hold(0, "a", "b");
    assertEquals(Map.of(0, new PartitionRange(0, 2)), source.ranges());
  }
}
