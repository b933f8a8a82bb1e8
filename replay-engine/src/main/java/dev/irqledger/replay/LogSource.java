package dev.irqledger.replay;

import java.time.Instant;
import java.util.SortedMap;

/** Where the log is read from. Not to be used by two threads at once. */
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

  @Override
  void close();
}
