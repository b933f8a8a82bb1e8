package dev.irqledger.replay;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where the log is read from. Not to be used by two threads at once, but for what {@link
 * #readsSideBySide} says.
 */
public interface LogSource extends AutoCloseable {
  /** A consumer of records that may ask to stop. */
  @FunctionalInterface
  interface Sink {
    /** Takes a record; false ends the reading. */
    boolean accept(LogRecord record);
  }

  /**
   * What every partition holds at this moment.
   *
   * @throws ReplayException if the log cannot be reached
   */
  SortedMap<Integer, PartitionRange> ranges();

  /**
   * For each partition the earliest offset whose log time is after {@code time}; a partition
   * without such a record is absent.
   *
   * @throws ReplayException if the log cannot be reached
   */
  SortedMap<Integer, Long> firstAfter(Instant time);

  /**
   * Reads the partitions in {@code last} from their beginning to the offset named there, that
   * record included. Records of one partition come in order; partitions interleave.
   *
   * @throws ReplayException if the log cannot be reached, or is cut while it is read
   */
  void read(SortedMap<Integer, Long> last, Sink sink);

  /**
   * As {@link #read(SortedMap, Sink)}, from a given record of each partition on.
   *
   * @param from the first offset that is wanted; a partition that is not named is read from its
   *     beginning
   */
  default void read(SortedMap<Integer, Long> from, SortedMap<Integer, Long> last, Sink sink) {
    read(
        last,
        record ->
            record.offset() < from.getOrDefault(record.partition(), 0L) || sink.accept(record));
  }

  /** Whether several threads may be within {@code read} at once. */
  default boolean readsSideBySide() {
    return false;
  }

  /** States from which a fold can begin, in the place of the records before them. */
  default Checkpoints checkpoints() {
    return Checkpoints.NONE;
  }

  /** Where events are found by their ids; empty where only a search of all records finds them. */
  default Optional<EventIndex> eventIndex() {
    return Optional.empty();
  }

  @Override
  void close();
}
