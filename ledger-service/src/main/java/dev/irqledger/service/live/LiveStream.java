package dev.irqledger.service.live;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.web.LedgerStream;
import dev.irqledger.web.QueryException;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code irq.events} and {@code irq.violations} on. A place is the last record of each that
 * was passed on, by partition: two points with a semicolon between them.
 */
final class LiveStream implements LedgerStream {
  private static final String SEPARATOR = ";";

  /** An event that no state comes of, as it is too large, is passed on after this long. */
  private static final Duration FOLDED_WITHIN = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final EventCodec events;
  private final WireCodec<Violation> findings;
  private final CommittedRows committed;
  private final @Nullable String host;
  private final SortedMap<Integer, Long> eventsRead = new TreeMap<>();
  private final SortedMap<Integer, Long> findingsRead = new TreeMap<>();
  private final String start;

  /**
   * @param partitions what is read of both topics
   * @param after a place; null for now
   */
  LiveStream(
      Consumer<byte[], byte[]> consumer,
      SchemaCatalog schemas,
      CommittedRows committed,
      @Nullable String host,
      Collection<Integer> partitions,
      @Nullable String after) {
    this.consumer = consumer;
    this.events = new EventCodec(schemas);
    this.findings = new WireCodec<>(Violation.class, schemas);
    this.committed = committed;
    this.host = host;
    List<TopicPartition> wanted = new ArrayList<>();
    for (int partition : partitions) {
      wanted.add(new TopicPartition(Topic.EVENTS.topicName(), partition));
      wanted.add(new TopicPartition(Topic.VIOLATIONS.topicName(), partition));
    }
    consumer.assign(wanted);
    seek(wanted, after);
    this.start = place();
  }

  private void seek(List<TopicPartition> wanted, @Nullable String after) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(wanted);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(wanted);
    List<SortedMap<Integer, Long>> given = after == null ? List.of() : places(after);
    for (TopicPartition partition : wanted) {
      long end = ends.getOrDefault(partition, 0L);
      boolean event = isEvents(partition.topic());
      Long last =
          given.isEmpty()
              ? Long.valueOf(end - 1)
              : given.get(event ? 0 : 1).get(partition.partition());
      if (last == null || last >= end || last + 1 < begins.getOrDefault(partition, 0L)) {
        throw noPlace();
      }
      consumer.seek(partition, last + 1);
      (event ? eventsRead : findingsRead).put(partition.partition(), last);
    }
  }

  private static List<SortedMap<Integer, Long>> places(String after) {
    int between = after.indexOf(SEPARATOR);
    if (between < 0) {
      throw noPlace();
    }
    return List.of(place(after.substring(0, between)), place(after.substring(between + 1)));
  }

  private static SortedMap<Integer, Long> place(String text) {
    try {
      if (PointParser.parse(text) instanceof Point.Offsets(var last)) {
        return last;
      }
      throw noPlace();
    } catch (IllegalArgumentException e) {
      throw noPlace();
    }
  }

  private static QueryException noPlace() {
    return new QueryException(
        Kind.WRONG_QUESTION,
        "not the id of a message of this stream, or what followed it is gone: begin without one");
  }

  private static boolean isEvents(String topic) {
    return topic.equals(Topic.EVENTS.topicName());
  }

  private String place() {
    return new Point.Offsets(eventsRead).token()
        + SEPARATOR
        + new Point.Offsets(findingsRead).token();
  }

  @Override
  public String start() {
    return start;
  }

  @Override
  public List<Message> next(Duration most) {
    List<Message> messages = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(most)) {
        if (isEvents(record.topic())) {
          event(record, messages);
        } else {
          finding(record, messages);
        }
      }
      return messages;
    } catch (KafkaException | LookupUnavailable e) {
      throw new QueryException(Kind.UNREACHABLE, "the log cannot be read any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(Kind.UNREACHABLE, "the service ends", e);
    }
  }

  private void event(ConsumerRecord<byte[], byte[]> record, List<Message> messages)
      throws InterruptedException {
    if (events.decode(record.value()) instanceof Decoded.Value<InterruptEvent>(InterruptEvent event)
        && (host == null || host.equals(event.device().host()))) {
      // Whoever hears of it and asks at once is to find it in the state.
      var _ = committed.await(record.partition(), record.offset(), FOLDED_WITHIN);
      eventsRead.put(record.partition(), record.offset());
      LogPosition position =
          new LogPosition(record.partition(), record.offset(), record.timestamp());
      messages.add(new Happened(event, position, place()));
    }
    eventsRead.put(record.partition(), record.offset());
  }

  private void finding(ConsumerRecord<byte[], byte[]> record, List<Message> messages) {
    findingsRead.put(record.partition(), record.offset());
    if (findings.decode(record.value()) instanceof Decoded.Value<Violation>(Violation finding)
        && (host == null || host.equals(finding.getHost()))) {
      messages.add(new Found(finding, place()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
