package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Folds the log from its beginning up to a point. */
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
    void folded(LogRecord record, InterruptEvent event, Folded folded);

    /** Looks at nothing. */
    static Observer none() {
      return (_, _, _) -> {};
    }
  }

  /**
   * The state of the selected devices after the point.
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
    SortedMap<Integer, Long> last = new TreeMap<>(point.last());
    last.keySet().removeIf(partitions.negate());
    requireWhole(last);
    Progress progress = new Progress(point, wanted, observer);
    source.read(last, progress);
    return progress.image();
  }

  /** A rebuild without the log's beginning would be wrong in silence. */
  private void requireWhole(SortedMap<Integer, Long> last) {
    SortedMap<Integer, PartitionRange> ranges = source.ranges();
    for (Integer partition : last.keySet()) {
      PartitionRange range = ranges.get(partition);
      if (range != null && range.isCut()) {
        throw new ReplayException(
            Kind.LOG_CUT,
            "partition "
                + partition
                + " begins at offset "
                + range.begin()
                + ": what came before was deleted, so no state can be rebuilt from it; keep"
                + " irq.events with retention.ms=-1 and retention.bytes=-1");
      }
    }
  }

  private final class Progress implements LogSource.Sink {
    private final ResolvedPoint point;
    private final Predicate<DeviceKey> wanted;
    private final Observer observer;
    private final Map<DeviceKey, FoldedState> devices = new HashMap<>();
    private final Image.Unreadable unreadable = new Image.Unreadable();
    private long events;
    private long lastLogTime = Image.NO_TIME;

    Progress(ResolvedPoint point, Predicate<DeviceKey> wanted, Observer observer) {
      this.point = point;
      this.wanted = wanted;
      this.observer = observer;
    }

    @Override
    public boolean accept(LogRecord record) {
      lastLogTime = Math.max(lastLogTime, record.logTimeMillis());
      switch (codec.decode(record.value())) {
        case Decoded.Value<InterruptEvent>(InterruptEvent event) -> fold(record, event);
        case Decoded.Undecodable<InterruptEvent>(String reason) -> unreadable.add(record, reason);
      }
      return true;
    }

    private void fold(LogRecord record, InterruptEvent event) {
      DeviceKey key = event.device();
      if (!wanted.test(key)) {
        return;
      }
      events++;
      FoldedState before = devices.get(key);
      DeviceState state = before == null ? DeviceState.unseen(key) : before.state();
      Folded folded = Ledger.fold(state, event);
      devices.put(key, new FoldedState(folded.state(), record.position()));
      observer.folded(record, event, folded);
    }

    Image image() {
      return new Image(point, lastLogTime, new TreeMap<>(devices), events, unreadable);
    }
  }
}
