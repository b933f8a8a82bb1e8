package dev.irqledger.simulation.log;

import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.Life;
import dev.irqledger.simulation.fate.Life.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An agent's consumer of its partition of {@code irq.commands}. */
public final class SimulatedRequests extends MockConsumer<byte[], byte[]> {
  private static final int MOST_POLLED = 3;

  private final SimulatedLog log;
  private final GroupPosition group;
  private final Life life;
  private final Fate fate;
  private final TopicPartition partition;
  private long position;

  /** Where a group is: it outlives its consumers. */
  public static final class GroupPosition {
    private @Nullable Long committed;
    private long polled;

    /** Whether it ever committed: from then on no request is missed. */
    public boolean placed() {
      return committed != null;
    }
  }

  public SimulatedRequests(
      SimulatedLog log, TopicPartition partition, GroupPosition group, Life life, Fate fate) {
    super("none");
    this.log = log;
    this.partition = partition;
    this.group = group;
    this.life = life;
    this.fate = fate;
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    if (!List.copyOf(partitions).equals(List.of(partition))) {
      throw new AssertionError("another partition than the host's: " + partitions);
    }
  }

  @Override
  public synchronized Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions) {
    return Map.of(partition, 0L);
  }

  @Override
  public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return Map.of(partition, (long) rows().size());
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
    if (group.committed != null) {
      found.put(partition, new OffsetAndMetadata(group.committed));
    }
    return found;
  }

  @Override
  public synchronized void seek(TopicPartition of, long offset) {
    position = offset;
  }

  @Override
  public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    life.touch(Place.AWAITING);
    if (fate.strikes(Fault.COMMIT_LOST, 20)) {
      fate.count(Fault.COMMIT_LOST);
      throw new TimeoutException("the commit was not answered");
    }
    OffsetAndMetadata offset = offsets.get(partition);
    if (offset == null) {
      throw new AssertionError("a commit of another partition: " + offsets);
    }
    group.committed = offset.offset();
    life.touch(Place.ACKNOWLEDGED);
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    life.touch(Place.AWAITING);
    int to = (int) Math.min(rows().size(), position + MOST_POLLED);
    List<ConsumerRecord<byte[], byte[]>> found =
        rows().subList((int) position, to).stream().map(this::record).toList();
    position = to;
    for (ConsumerRecord<byte[], byte[]> record : found) {
      if (record.offset() < group.polled) {
        fate.count(Fault.REQUEST_CAME_AGAIN);
      }
    }
    group.polled = Math.max(group.polled, to);
    return found.isEmpty()
        ? ConsumerRecords.empty()
        : new ConsumerRecords<>(
            Map.of(partition, found), Map.of(partition, new OffsetAndMetadata(to)));
  }

  @Override
  public void close() {}

  private List<SimulatedLog.Row> rows() {
    return log.rows(partition.partition());
  }

  private ConsumerRecord<byte[], byte[]> record(SimulatedLog.Row row) {
    return new ConsumerRecord<>(
        partition.topic(), row.partition(), row.offset(), row.key(), row.value());
  }
}
