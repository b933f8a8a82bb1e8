package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A log of given records. */
final class ListLog implements LogSource {
  private final SortedMap<Integer, List<LogRecord>> partitions = new TreeMap<>();

  ListLog(int count) {
    for (int i = 0; i < count; i++) {
      partitions.put(i, new ArrayList<>());
    }
  }

  void add(LogRecord record) {
    partitions.get(record.partition()).add(record);
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
    partitions.forEach((p, records) ->
        ranges.put(
            p, new PartitionRange(0, records.isEmpty() ? 0 : records.getLast().offset() + 1)));
    return ranges;
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    throw new UnsupportedOperationException("nobody asks this log for a time");
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    for (var wanted : last.entrySet()) {
      for (LogRecord record : partitions.get(wanted.getKey())) {
        if (record.offset() <= wanted.getValue() && !sink.accept(record)) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {}
}
