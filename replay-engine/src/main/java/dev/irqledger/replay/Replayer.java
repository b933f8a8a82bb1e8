package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Folds the log up to a point. */
public final class Replayer {
  private final LogSource source;
  private final EventCodec codec;

  public Replayer(LogSource source, EventCodec codec) {
    this.source = source;
    this.codec = codec;
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
    DeviceFold fold = new DeviceFold(codec, wanted, observer);
    return run(point, partitions, fold, "", (_, range) -> range.begin() - 1);
  }

  /**
   * The states after the point, for the price of a checkpoint and the records after it where the
   * source keeps checkpoints.
   *
   * @param partitions which partitions are read, of those that the point names
   * @throws ReplayException if the log cannot be reached, or was cut
   */
  public Image state(ResolvedPoint point, Devices devices, Predicate<Integer> partitions) {
    DeviceFold fold = new DeviceFold(codec, devices, Observer.none());
    return run(point, partitions, fold, devices.prefix(), (last, _) -> last);
  }

  /** Up to which offset a checkpoint may be taken. */
  @FunctionalInterface
  private interface Shortcut {
    long upTo(long last, PartitionRange range);
  }

  private Image run(
      ResolvedPoint point,
      Predicate<Integer> partitions,
      DeviceFold fold,
      String prefix,
      Shortcut shortcut) {
    SortedMap<Integer, Long> last = new TreeMap<>(point.last());
    last.keySet().removeIf(partitions.negate());
    SortedMap<Integer, PartitionRange> ranges = source.ranges();
    SortedMap<Integer, Long> from = new TreeMap<>();
    last.forEach((partition, to) -> {
      PartitionRange range = ranges.getOrDefault(partition, PartitionRange.EMPTY);
      Checkpoint begin =
          source.checkpoints().latest(partition, Math.min(to, shortcut.upTo(to, range)));
      requireWhole(partition, range, begin);
      if (begin != null) {
        fold.begin(begin, prefix);
        from.put(partition, begin.last() + 1);
      }
    });
    source.read(from, last, fold);
    return fold.image(point);
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
