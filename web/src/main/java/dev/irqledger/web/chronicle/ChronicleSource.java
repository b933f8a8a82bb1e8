package dev.irqledger.web.chronicle;

import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import java.time.Instant;
import java.util.SortedMap;

/** A log of which ends and times are known, so that points which name no event need no other. */
public final class ChronicleSource implements LogSource {
  private final Chronicle chronicle;

  public ChronicleSource(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    return chronicle.logRanges();
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    return chronicle.firstAfter(time.toEpochMilli());
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    throw new UnsupportedOperationException("its records are not remembered");
  }

  @Override
  public void close() {}
}
