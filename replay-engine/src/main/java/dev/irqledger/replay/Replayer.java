package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Folds the log up to a point. */
public final class Replayer {
  /** A log with fewer records is folded before further threads are of use. */
  private static final long WORTH_LANES = 50_000;

  private final LogSource source;
  private final EventCodec codec;
  private final int threads;
  private final long worthLanes;

  /** One that folds on the caller's thread. */
  public Replayer(LogSource source, EventCodec codec) {
    this(source, codec, 1);
  }

  /**
   * One that folds long logs on several threads, where nobody looks on.
   *
   * @param threads how many at most
   */
  public Replayer(LogSource source, EventCodec codec, int threads) {
    this(source, codec, threads, WORTH_LANES);
  }

  Replayer(LogSource source, EventCodec codec, int threads, long worthLanes) {
    this.source = source;
    this.codec = codec;
    this.threads = threads;
    this.worthLanes = worthLanes;
  }

  /** Sees each event of a replay together with what the fold made of it. */
  @FunctionalInterface
  public interface Observer {
    /** A device's state where the replay begins, if what came before it is gone. */
    default void begun(FoldedState state) {}

    void folded(LogRecord record, InterruptEvent event, Folded folded);

    /** Looks at nothing. */
    static Observer none() {
      return (_, _, _) -> {};
    }
  }

  /**
   * Folds all that the source holds up to the point, from its beginning on: the observer misses
   * nothing of it. Where the beginning was pruned, the observer is told with which states what is
   * left begins.
   *
   * @param wanted which devices are folded
   * @param partitions which partitions are read, of those that the point names
   * @param observer sees each event as it is folded
   * @throws ReplayException if the log cannot be reached, or was cut
   */
  public Image replay(
      ResolvedPoint point,
      Predicate<DeviceKey> wanted,
      Predicate<Integer> partitions,
      Observer observer) {
    Span span = span(point, partitions, (_, range) -> range.begin() - 1);
    return onThisThread(point, span, new DeviceFold(codec, wanted, observer), "");
  }

  /**
   * As {@link #replay}, with nobody looking on.
   *
   * @throws ReplayException if the log cannot be reached, or was cut
   */
  public Image rebuild(
      ResolvedPoint point, Predicate<DeviceKey> wanted, Predicate<Integer> partitions) {
    return run(point, span(point, partitions, (_, range) -> range.begin() - 1), wanted, "");
  }

  /**
   * The states after the point, for the price of a checkpoint and the records after it where the
   * source keeps checkpoints.
   *
   * @param partitions which partitions are read, of those that the point names
   * @throws ReplayException if the log cannot be reached, or was cut
   */
  public Image state(ResolvedPoint point, Devices devices, Predicate<Integer> partitions) {
    return run(point, span(point, partitions, (last, _) -> last), devices, devices.prefix());
  }

  /** Up to which offset a checkpoint may be taken. */
  @FunctionalInterface
  private interface Shortcut {
    long upTo(long last, PartitionRange range);
  }

  /**
   * What is to be read.
   *
   * @param last the last offset of each partition
   * @param begins the checkpoints to begin with, of those that have one
   */
  private record Span(SortedMap<Integer, Long> last, SortedMap<Integer, Checkpoint> begins) {
    SortedMap<Integer, Long> from() {
      SortedMap<Integer, Long> from = new TreeMap<>();
      begins.forEach((partition, begin) -> from.put(partition, begin.last() + 1));
      return from;
    }

    long records() {
      SortedMap<Integer, Long> from = from();
      return last.entrySet().stream()
          .mapToLong(each -> each.getValue() + 1 - from.getOrDefault(each.getKey(), 0L))
          .sum();
    }
  }

  private Span span(ResolvedPoint point, Predicate<Integer> partitions, Shortcut shortcut) {
    SortedMap<Integer, Long> last = new TreeMap<>(point.last());
    last.keySet().removeIf(partitions.negate());
    SortedMap<Integer, PartitionRange> ranges = source.ranges();
    SortedMap<Integer, Checkpoint> begins = new TreeMap<>();
    last.forEach((partition, to) -> {
      PartitionRange range = ranges.getOrDefault(partition, PartitionRange.EMPTY);
      Checkpoint begin =
          source.checkpoints().latest(partition, Math.min(to, shortcut.upTo(to, range)));
      requireWhole(partition, range, begin);
      if (begin != null) {
        begins.put(partition, begin);
      }
    });
    return new Span(last, begins);
  }

  private Image run(ResolvedPoint point, Span span, Predicate<DeviceKey> wanted, String prefix) {
    int lanes = Math.min(threads, span.last.size());
    if (lanes > 1 && span.records() >= worthLanes) {
      Image image = sideBySide(point, span, wanted, prefix, lanes);
      if (image != null) {
        return image;
      }
    }
    DeviceFold fold = new DeviceFold(codec, wanted, Observer.none());
    return onThisThread(point, span, fold, prefix);
  }

  private Image onThisThread(ResolvedPoint point, Span span, DeviceFold fold, String prefix) {
    span.begins.values().forEach(begin -> fold.begin(begin, prefix));
    source.read(span.from(), span.last, fold);
    return Image.of(point, List.of(fold));
  }

  /** Null where a device has events in several partitions: their order counts, also among these. */
  private @Nullable Image sideBySide(
      ResolvedPoint point, Span span, Predicate<DeviceKey> wanted, String prefix, int threads) {
    List<DeviceFold> folds =
        source.readsSideBySide()
            ? partitionFolds(span, wanted, prefix).fold(span.from(), span.last, codec, threads)
            : lanes(span, wanted, prefix, threads);
    Image image = Image.of(point, folds);
    int devices = folds.stream().mapToInt(fold -> fold.devices().size()).sum();
    return image.devices().size() == devices ? image : null;
  }

  private PartitionFolds partitionFolds(Span span, Predicate<DeviceKey> wanted, String prefix) {
    return new PartitionFolds(
        source,
        own -> new DeviceFold(own, wanted, Observer.none()),
        (partition, fold) -> {
          Checkpoint begin = span.begins.get(partition);
          if (begin != null) {
            fold.begin(begin, prefix);
          }
        });
  }

  private List<DeviceFold> lanes(
      Span span, Predicate<DeviceKey> wanted, String prefix, int threads) {
    try (Lanes lanes = new Lanes(codec, wanted, threads)) {
      span.begins.forEach((partition, begin) -> lanes.fold(partition).begin(begin, prefix));
      lanes.start();
      source.read(span.from(), span.last, lanes);
      return lanes.folds();
    }
  }

  /** A rebuild without the log's beginning would be wrong in silence. */
  private void requireWhole(int partition, PartitionRange range, @Nullable Checkpoint begin) {
    if (!range.isCut() || (begin != null && begin.last() >= range.begin() - 1)) {
      return;
    }
    String cut = "partition " + partition + " begins at offset " + range.begin() + ": ";
    boolean pruned = source.checkpoints().latest(partition, range.begin() - 1) != null;
    throw new ReplayException(
        Kind.LOG_CUT,
        cut
            + (pruned
                ? "what came before was pruned from the archive; take a later point, or the log"
                    + " itself"
                : "what came before was deleted, so no state can be rebuilt from it; keep"
                    + " irq.events with retention.ms=-1 and retention.bytes=-1"));
  }
}
