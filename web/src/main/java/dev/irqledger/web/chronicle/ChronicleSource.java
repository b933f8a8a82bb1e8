package dev.irqledger.web.chronicle;

import dev.irqledger.replay.EventIndex;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log of which ends and times are known, so that most points are resolved without it. It is
 * opened where one has to look into its records.
 */
public final class ChronicleSource implements LogSource {
  private final Chronicle chronicle;
  private final Supplier<? extends LogSource> sources;
  private @Nullable LogSource open;

  /**
   * @param sources opens the log; what it opens is closed with this
   */
  public ChronicleSource(Chronicle chronicle, Supplier<? extends LogSource> sources) {
    this.chronicle = chronicle;
    this.sources = sources;
  }

  private LogSource log() {
    LogSource log = open;
    if (log == null) {
      log = sources.get();
      open = log;
    }
    return log;
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
    log().read(last, sink);
  }

  @Override
  public Optional<EventIndex> eventIndex() {
    return log().eventIndex();
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
