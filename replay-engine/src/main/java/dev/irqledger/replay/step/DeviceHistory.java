package dev.irqledger.replay.step;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.topic.HostPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The events of one device, any of which can be had with the states around it. One reading of the
 * log finds where they are; after that what is asked for is folded again from the nearest kept
 * state on. In memory are eight bytes for each event, at most {@value #MOST_STATES} states, and the
 * {@value #WINDOW} events around the last one that was asked for.
 */
public final class DeviceHistory {
  private static final int WINDOW = 256;
  private static final int MOST_STATES = 128;

  private final LogSource source;
  private final EventCodec codec;
  private final DeviceKey device;
  private final int partition;
  private final EventPositions positions = new EventPositions();
  private final KeptStates kept;
  private List<Step> window = List.of();

  DeviceHistory(
      LogSource source, EventCodec codec, DeviceKey device, int partitions, KeptStates kept) {
    this.source = source;
    this.codec = codec;
    this.device = device;
    this.partition = HostPartitioner.partition(device.host(), partitions);
    this.kept = kept;
  }

  /**
   * Reads where the device's events are, up to the point.
   *
   * @throws ReplayException if the log cannot be read, or has no event of the device
   */
  public static DeviceHistory read(
      LogSource source, EventCodec codec, DeviceKey device, ResolvedPoint end) {
    KeptStates kept = new KeptStates(WINDOW, MOST_STATES);
    DeviceHistory history = new DeviceHistory(source, codec, device, end.partitions(), kept);
    history.index(end);
    return history;
  }

  void index(ResolvedPoint end) {
    Devices one = new Devices(device.host(), device.bdf());
    Index index = new Index();
    var _ = new Replayer(source, codec).replay(end, one, p -> p == partition, index);
    if (positions.count() == 0) {
      throw new ReplayException(
          ReplayException.Kind.NO_SUCH_POINT,
          "the log has no event of device " + device + ": check the name with 'replay state'");
    }
  }

  private FoldedState unseen() {
    return new FoldedState(DeviceState.unseen(device), LogPosition.START);
  }

  private final class Index implements Replayer.Observer {
    private FoldedState before = unseen();

    @Override
    public void begun(FoldedState state) {
      before = state;
    }

    @Override
    public void folded(LogRecord record, InterruptEvent event, Folded folded) {
      kept.offer(positions.count(), before);
      positions.add(record.offset(), !folded.violations().isEmpty());
      before = new FoldedState(folded.state(), record.position());
    }
  }

  public DeviceKey device() {
    return device;
  }

  /** The partition that all its events are in. */
  public int partition() {
    return partition;
  }

  /** How many events it has: 1 or more. */
  public int count() {
    return positions.count();
  }

  /** The offset of an event. */
  public long offset(int index) {
    return positions.offset(index);
  }

  /** The last event at that offset or before it, -1 where there is none. */
  public int atOrBefore(long offset) {
    return positions.atOrBefore(offset);
  }

  /** The first event after that one that breaks a rule, -1 where there is none. */
  public int violationAfter(int index) {
    return positions.violationAfter(index);
  }

  /** The last event before that one that breaks a rule, -1 where there is none. */
  public int violationBefore(int index) {
    return positions.violationBefore(index);
  }

  /** The first event after that one that changed the vector, -1 where there is none. */
  public int changeAfter(int index, int vector) {
    if (index + 1 >= count()) {
      return -1;
    }
    int[] found = {-1};
    fold(
        kept.begin(index + 1),
        count() - 1,
        step -> {
          found[0] = step.index() > index && step.changed(vector) ? step.index() : -1;
          return found[0] < 0;
        });
    return found[0];
  }

  /** The last event before that one that changed the vector, -1 where there is none. */
  public int changeBefore(int index, int vector) {
    int[] found = {-1};
    int end = index;
    while (end > 0 && found[0] < 0) {
      int begin = kept.begin(end - 1);
      fold(
          begin,
          end - 1,
          step -> {
            found[0] = step.changed(vector) ? step.index() : found[0];
            return true;
          });
      end = begin;
    }
    return found[0];
  }

  /**
   * An event, with the states before and after it.
   *
   * @param index from 0, less than {@link #count}
   * @throws ReplayException if the log cannot be read any more
   */
  public Step at(int index) {
    int begin = index - index % WINDOW;
    if (window.isEmpty() || window.getFirst().index() != begin) {
      List<Step> steps = new ArrayList<>();
      fold(
          kept.begin(begin),
          Math.min(begin + WINDOW, count()) - 1,
          step -> step.index() < begin || steps.add(step));
      window = steps;
    }
    if (index - begin >= window.size()) {
      window = List.of();
      throw new ReplayException(
          ReplayException.Kind.LOG_CUT,
          "an event at or before "
              + partition
              + "@"
              + offset(index)
              + " is not in the log any more: begin again");
    }
    return window.get(index - begin);
  }

  /** Folds those events again, from the first one on, before which a state is kept. */
  private void fold(int first, int last, Predicate<Step> sink) {
    Refold refold = new Refold(first, sink);
    DeviceFold fold = new DeviceFold(codec, device::equals, refold);
    fold.begin(kept.before(first));
    source.read(at(offset(first)), at(offset(last)), r -> fold.accept(r) && refold.wantsMore);
  }

  private SortedMap<Integer, Long> at(long offset) {
    SortedMap<Integer, Long> one = new TreeMap<>();
    one.put(partition, offset);
    return one;
  }

  private final class Refold implements Replayer.Observer {
    private final Predicate<Step> sink;
    private int index;
    private DeviceState before;
    private boolean wantsMore = true;

    Refold(int first, Predicate<Step> sink) {
      this.index = first;
      this.before = kept.before(first).state();
      this.sink = sink;
    }

    @Override
    public void folded(LogRecord record, InterruptEvent event, Folded folded) {
      wantsMore = sink.test(new Step(index, record, event, before, folded));
      before = folded.state();
      index++;
    }
  }
}
