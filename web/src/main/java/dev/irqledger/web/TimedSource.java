package dev.irqledger.web;

import dev.irqledger.replay.Checkpoints;
import dev.irqledger.replay.EventIndex;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.web.QueryException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** A source that ends a reading which takes too long. */
final class TimedSource implements LogSource {
  private final LogSource source;
  private final long deadline;

  TimedSource(LogSource source, Duration most) {
    this.source = source;
    this.deadline = System.nanoTime() + most.toNanos();
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    requireTime();
    return source.ranges();
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    requireTime();
    return source.firstAfter(time);
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    source.read(last, timed(sink));
  }

  @Override
  public void read(SortedMap<Integer, Long> from, SortedMap<Integer, Long> last, Sink sink) {
    source.read(from, last, timed(sink));
  }

  private Sink timed(Sink sink) {
    return record -> {
      requireTime();
      return sink.accept(record);
    };
  }

  @Override
  public Checkpoints checkpoints() {
    return source.checkpoints();
  }

  @Override
  public Optional<EventIndex> eventIndex() {
    return source.eventIndex();
  }

  private void requireTime() {
    if (System.nanoTime() - deadline > 0) {
      throw new QueryException(
          Kind.TOO_LONG,
          "the history is too long to be folded in the time that an answer may take: name a host or"
              + " a device, or use irq-ledger replay");
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
