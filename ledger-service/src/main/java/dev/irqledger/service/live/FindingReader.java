package dev.irqledger.service.live;

import dev.irqledger.web.FindingFilter;
import dev.irqledger.web.FindingPage;
import dev.irqledger.web.Position;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads a page of findings from {@code irq.violations}. For one page. */
final class FindingReader {
  private static final Duration POLL = Duration.ofMillis(50);

  private final LiveCluster cluster;
  private final WireCodec<Violation> codec;
  private final FindingFilter filter;
  private final Position upTo;
  private final int most;
  private final long deadline;
  private final List<Violation> found = new ArrayList<>();

  /**
   * @param upTo findings at events behind it are left out
   * @param time how long the reading may take; then the page is what was found so far
   */
  FindingReader(
      LiveCluster cluster,
      SchemaCatalog schemas,
      FindingFilter filter,
      Position upTo,
      int most,
      Duration time) {
    this.cluster = cluster;
    this.codec = new WireCodec<>(Violation.class, schemas);
    this.filter = filter;
    this.upTo = upTo;
    this.most = most;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  /**
   * The page.
   *
   * <p>An event's findings are written in the transaction that commits its state, but markers reach
   * the partitions one after the other. So the ends are asked for with open transactions included,
   * after the position is known, and the reading waits until they are closed.
   */
  FindingPage read(Admin admin, FindingPage.@Nullable Next from) {
    List<TopicPartition> partitions = partitions();
    SortedMap<Integer, Long> ends = cluster.endsWithOpen(admin, partitions);
    try (Consumer<byte[], byte[]> consumer = cluster.smallConsumer()) {
      for (TopicPartition partition : partitions) {
        if (from != null && partition.partition() < from.partition()) {
          continue;
        }
        long begin = from != null && partition.partition() == from.partition() ? from.offset() : 0;
        seek(consumer, partition, begin);
        long next = read(consumer, partition, ends.getOrDefault(partition.partition(), 0L));
        if (next >= 0) {
          return new FindingPage(upTo, found, new FindingPage.Next(partition.partition(), next));
        }
      }
    }
    return new FindingPage(upTo, found, null);
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> all = cluster.partitions(Topic.VIOLATIONS.topicName());
    String host = filter.host();
    return host == null
        ? all
        : List.of(all.get(HostPartitioner.partition(host, cluster.partitions())));
  }

  private void seek(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from) {
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(Math.max(begin, from), since(consumer, partition)));
  }

  /** Where findings from the filter's time on begin: none before has that time or a later one. */
  private long since(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    Long since = filter.sinceMs();
    if (since == null || since < 0) {
      return 0;
    }
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(Map.of(partition, since));
    OffsetAndTimestamp first = found.get(partition);
    return first == null
        ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L)
        : first.offset();
  }

  /** Reads a partition; the offset to go on with, -1 where it was read to the end. */
  private long read(Consumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
    while (consumer.position(partition) < end) {
      if (System.nanoTime() - deadline > 0) {
        return consumer.position(partition);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (found.size() == most) {
          return record.offset();
        }
        take(record);
      }
    }
    return -1;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (codec.decode(record.value()) instanceof Decoded.Value<Violation>(Violation finding)
        && filter.takes(finding)
        && upTo.reflects(finding.getPartition(), finding.getOffset())) {
      found.add(finding);
    }
  }
}
