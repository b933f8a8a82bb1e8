package dev.irqledger.simulation.log;

import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One topic as brokers keep it: partitions that only grow, each with or without a broker at the
 * moment, and of every producer what it appended last (KIP-98): so a request that comes again
 * appends nothing.
 */
public final class SimulatedLog {
  private final Fate fate;
  private final VirtualTime time;
  private final List<Partition> partitions = new ArrayList<>();
  private final Deque<Runnable> underway = new ArrayDeque<>();
  private final Set<Bytes> seen = new HashSet<>();
  private Consumer<Row> onAppend = _ -> {};
  private long rows;
  private long producers;

  /**
   * A record.
   *
   * @param number its place among the records of all partitions, in the order of appending
   * @param again whether its value was in the log before
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Row(
      int partition,
      long offset,
      long number,
      byte[] key,
      byte[] value,
      long logTimeMs,
      boolean again) {}

  private static final class Partition {
    private final List<Row> rows = new ArrayList<>();
    private final Map<Long, Long> lastOfProducer = new HashMap<>();
    private long awayUntil;
  }

  public SimulatedLog(Fate fate, VirtualTime time, int partitions) {
    this.fate = fate;
    this.time = time;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
  }

  public int partitions() {
    return partitions.size();
  }

  /** Tells of each record when it is appended. */
  public void onAppend(Consumer<Row> told) {
    onAppend = told;
  }

  /** The records of a partition, in order. */
  public List<Row> rows(int partition) {
    return partitions.get(partition).rows;
  }

  /** A partition has no broker for so long. */
  public void loseBroker(int partition, Duration time) {
    partitions.get(partition).awayUntil = this.time.nanos() + time.toNanos();
    fate.count(Fault.BROKER_AWAY);
  }

  /** All brokers are there. */
  public void mend() {
    partitions.forEach(partition -> partition.awayUntil = 0);
  }

  /** Whether a partition has no broker now. */
  public boolean away(int partition) {
    return time.nanos() < partitions.get(partition).awayUntil;
  }

  long newProducer() {
    return producers++;
  }

  /**
   * Appends what a producer sends, unless it was appended before.
   *
   * @param first the number of the first record among those of the producer
   */
  void append(long producer, long first, int partition, List<KeyedValue> records) {
    Partition to = partitions.get(partition);
    long next = to.lastOfProducer.getOrDefault(producer, -1L) + 1;
    if (first < next) {
      fate.count(Fault.DUPLICATE_SUPPRESSED);
      return;
    }
    if (first > next) {
      throw new AssertionError("a producer with one request in flight left a gap");
    }
    records.forEach(sent -> append(partition, sent.key(), sent.value()));
    to.lastOfProducer.put(producer, first + records.size() - 1);
  }

  /** Appends a record of nobody's whose requests could be lost. */
  public void append(int partition, byte[] key, byte[] value) {
    List<Row> rows = partitions.get(partition).rows;
    boolean again = !seen.add(new Bytes(value));
    if (again) {
      fate.count(Fault.DUPLICATE_APPENDED);
    }
    Row row = new Row(partition, rows.size(), this.rows++, key, value, time.millis(), again);
    rows.add(row);
    onAppend.accept(row);
  }

  /** A request is still on its way, though nobody waits for its answer any more. */
  void straggles(Runnable lands) {
    underway.add(lands);
  }

  /** The first request that is still on its way arrives. */
  public void landStraggler() {
    Runnable first = underway.poll();
    if (first != null) {
      first.run();
      fate.count(Fault.REQUEST_LANDS_LATE);
    }
  }

  /** How many requests of producers that are gone are on their way. */
  public int stragglers() {
    return underway.size();
  }

  /** A record to be appended. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record KeyedValue(byte[] key, byte[] value) {}

  /** Bytes that are compared by their content. */
  private record Bytes(java.nio.ByteBuffer content) {
    Bytes(byte[] value) {
      this(java.nio.ByteBuffer.wrap(value));
    }
  }
}
