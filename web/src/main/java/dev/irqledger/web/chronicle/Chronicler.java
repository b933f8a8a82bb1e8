package dev.irqledger.web.chronicle;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a log into a chronicle: all of it once, when somebody first asks, then what has come since
 * whenever somebody asks again. Safe for use by many threads.
 */
public final class Chronicler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chronicler.class);

  private final Supplier<? extends LogSource> sources;
  private final Lookups lookups;
  private final int most;
  private final Chronicle chronicle;
  private final DeviceFold fold;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicLong taken = new AtomicLong();
  private volatile long toTake = 1;
  private volatile boolean ready;
  private volatile boolean closed;
  private @Nullable LogSource open;
  private boolean begun;
  private Runnable taking = Chronicler::nothing;
  private volatile long caughtUpNanos;

  /**
   * @param sources opens the log; closed with this
   * @param most how many events are remembered
   */
  public Chronicler(Supplier<? extends LogSource> sources, Lookups lookups, int most) {
    this.sources = sources;
    this.lookups = lookups;
    this.most = most;
    this.chronicle = new Chronicle(most);
    this.fold = new DeviceFold(lookups.codec(), Devices.ALL, new Taking());
  }

  private static void nothing() {}

  private final class Taking implements Replayer.Observer {
    @Override
    public void begun(FoldedState state) {
      chronicle.begin(state);
    }

    @Override
    public void folded(LogRecord record, InterruptEvent event, Folded folded) {
      // Only once the fold is through with the record it counts as read.
      taking = () -> chronicle.take(record, event, folded);
    }
  }

  /** The chronicle, as far as it was read: see {@link #isReady}. */
  public Chronicle chronicle() {
    return chronicle;
  }

  /** Begins to read all of the log, unless that is done or being done. */
  public void begin() {
    if (!ready && asked.compareAndSet(false, true)) {
      Thread.ofPlatform().name("chronicler").daemon().start(this::readAll);
    }
  }

  /** Whether all of the log was read once. */
  public boolean isReady() {
    return ready;
  }

  private void readAll() {
    try {
      catchUp();
    } catch (RuntimeException e) {
      LOG.warn("the history cannot be read into memory now: {}", e.getMessage());
    } finally {
      // Whoever asks next makes it begin again where it ended.
      asked.set(ready);
    }
  }

  /** How much of the log was read, from 0 to 1. */
  public double progress() {
    return ready ? 1 : Math.min(1, taken.get() / (double) Math.max(1, toTake));
  }

  /**
   * As {@link #catchUp()}, unless that was done a moment ago.
   *
   * @param moment how long ago is as good as now
   */
  public void catchUp(Duration moment) {
    if (!ready || System.nanoTime() - caughtUpNanos > moment.toNanos()) {
      catchUp();
    }
  }

  /**
   * Takes in what the log holds at this moment.
   *
   * @throws ReplayException if the log cannot be read
   */
  public synchronized void catchUp() {
    if (closed) {
      return;
    }
    try {
      LogSource source = source();
      SortedMap<Integer, PartitionRange> ranges = source.ranges();
      if (!begun) {
        begin(source, ranges);
        begun = true;
      }
      read(source, ranges);
      chronicle.readTo(ranges);
      caughtUpNanos = System.nanoTime();
      ready = true;
    } catch (RuntimeException e) {
      forgetSource();
      throw e;
    }
  }

  private LogSource source() {
    LogSource source = open;
    if (source == null) {
      source = sources.get();
      open = source;
    }
    return source;
  }

  /** Where the log was cut, or checkpoints make it cheap to leave its beginning out. */
  private void begin(LogSource source, SortedMap<Integer, PartitionRange> ranges) {
    SortedMap<Integer, Long> before = new TreeMap<>();
    ranges.forEach(
        (p, range) -> before.put(p, Math.max(range.begin() - 1, skipped(p, source, range))));
    if (before.values().stream().anyMatch(offset -> offset >= 0)) {
      Image image =
          new Replayer(source, lookups.codec())
              .state(new ResolvedPoint(before), Devices.ALL, _ -> true);
      fold.begin(image);
      before.forEach(
          (p, last) -> chronicle.begin(p, last + 1, last < 0 ? -1 : image.logTimeMillis()));
      image.devices().values().forEach(chronicle::begin);
    }
  }

  private long skipped(int partition, LogSource source, PartitionRange range) {
    long share = Math.max(1, most / Math.max(1, source.ranges().size()));
    long last = range.end() - share - 1;
    var checkpoint = last < range.begin() ? null : source.checkpoints().latest(partition, last);
    return checkpoint == null ? -1 : checkpoint.last();
  }

  private void read(LogSource source, SortedMap<Integer, PartitionRange> ranges) {
    SortedMap<Integer, PartitionRange> known = chronicle.ranges();
    SortedMap<Integer, Long> from = new TreeMap<>();
    SortedMap<Integer, Long> last = new TreeMap<>();
    ranges.forEach((p, range) -> {
      long next = known.getOrDefault(p, PartitionRange.EMPTY).end();
      if (next < range.end()) {
        from.put(p, next);
        last.put(p, range.end() - 1);
      }
    });
    if (last.isEmpty()) {
      return;
    }
    taken.set(0);
    long count = 0;
    for (var each : last.entrySet()) {
      count += each.getValue() + 1 - from.getOrDefault(each.getKey(), 0L);
    }
    toTake = count;
    source.read(
        from,
        last,
        record -> {
          taking = Chronicler::nothing;
          boolean goesOn = fold.accept(record);
          chronicle.read(record);
          taking.run();
          taken.incrementAndGet();
          return goesOn && !closed;
        });
  }

  private void forgetSource() {
    LogSource source = open;
    open = null;
    if (source != null) {
      source.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      forgetSource();
    }
  }
}
