package dev.irqledger.replay.bisect;

import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the event that made a condition true. Records are in the order of log time, then partition,
 * then offset; with one partition that is its own order.
 */
public final class Bisection {
  private final LogSource log;
  private final EventCodec codec;
  private final Devices devices;
  private final Predicate<Integer> partitions;
  private final Predicate<FleetStates> condition;
  private final LongConsumer progress;
  private long states;

  /**
   * @param devices which devices the condition asks about
   * @param partitions where these are
   * @param condition what is looked for; asked of nothing but these devices
   * @param progress is told how many states were computed, or records scanned, so far
   */
  public Bisection(
      LogSource log,
      EventCodec codec,
      Devices devices,
      Predicate<Integer> partitions,
      Predicate<FleetStates> condition,
      LongConsumer progress) {
    this.log = log;
    this.codec = codec;
    this.devices = devices;
    this.partitions = partitions;
    this.condition = condition;
    this.progress = progress;
  }

  /**
   * A change from false to true between the points by halving: of several changes it is any one.
   *
   * <p>With one partition it computes about log2 of its records' number of states; with several,
   * log2 of the milliseconds and then of the records within one of them.
   *
   * @throws ReplayException if the condition is already true at {@code good} or still false at
   *     {@code bad}, if these are not in order, or if the log cannot be read
   */
  public Turn change(ResolvedPoint good, ResolvedPoint bad) {
    LogOrder order = order(good, bad);
    Image low = falseAt(good);
    Image high = state(order.end());
    if (!condition.test(FleetStates.of(high))) {
      throw notFound("the condition is still false at --bad " + bad.token() + ": take a later one");
    }
    Gap gap = new Gap(low, high);
    if (!order.isOnePartition()) {
      gap.narrow(order.before(), Math.max(order.before() + 1, high.logTimeMillis()), order::upTo);
    }
    ResolvedPoint from = gap.low.point();
    ResolvedPoint to = gap.high.point();
    gap.narrow(0, order.between(from, to), n -> order.after(from, to, n));
    return new Turn(gap.low, gap.high, record(gap.low.point(), gap.high.point()), states, 0);
  }

  /**
   * The first event after {@code good}, up to {@code bad}, at which the condition is true: every
   * record between is looked at.
   *
   * @throws ReplayException as {@link #change}, where the condition is true at no event
   */
  public Turn first(ResolvedPoint good, ResolvedPoint bad) {
    LogOrder order = order(good, bad);
    Image begin = falseAt(good);
    long end = order.isOnePartition() ? 0 : state(order.end()).logTimeMillis();
    Scan scan = new Scan(log, codec, devices, order, condition, begin, progress);
    LogRecord found = scan.run(good, end);
    if (found == null) {
      throw notFound(
          "the condition is true at no event from --good "
              + good.token()
              + " to --bad "
              + bad.token()
              + ": take a later --bad");
    }
    ResolvedPoint before = scan.before();
    SortedMap<Integer, Long> last = new TreeMap<>(before.last());
    last.put(found.partition(), found.offset());
    Image low = state(before);
    Image high = state(new ResolvedPoint(last));
    return new Turn(low, high, found, states, scan.scanned());
  }

  /** Folds the event of a turn again, for an observer to see. */
  public void show(Turn turn, Replayer.Observer observer) {
    DeviceFold fold = new DeviceFold(codec, devices, observer);
    fold.begin(turn.before());
    boolean _ = fold.accept(turn.record());
  }

  /** What is left between a state where the condition is false and one where it is true. */
  private final class Gap {
    private Image low;
    private Image high;

    Gap(Image low, Image high) {
      this.low = low;
      this.high = high;
    }

    void narrow(long no, long yes, LongFunction<ResolvedPoint> at) {
      long _ = LogOrder.first(no, yes, n -> isTrue(at.apply(n)));
    }

    private boolean isTrue(ResolvedPoint point) {
      if (point.equals(low.point()) || point.equals(high.point())) {
        return point.equals(high.point());
      }
      Image middle = state(point);
      boolean holds = condition.test(FleetStates.of(middle));
      if (holds) {
        high = middle;
      } else {
        low = middle;
      }
      return holds;
    }
  }

  private LogOrder order(ResolvedPoint good, ResolvedPoint bad) {
    LogOrder order = new LogOrder(log, partitions, good, bad);
    if (!order.isForward()) {
      throw new ReplayException(
          Kind.WRONG_USE,
          "--good " + good.token() + " is after --bad " + bad.token() + ": swap them");
    }
    return order;
  }

  private Image falseAt(ResolvedPoint good) {
    Image image = state(good);
    if (condition.test(FleetStates.of(image))) {
      throw notFound(
          "the condition is already true at --good " + good.token() + ": take an earlier one");
    }
    return image;
  }

  private Image state(ResolvedPoint point) {
    progress.accept(++states);
    return new Replayer(log, codec).state(point, devices, partitions);
  }

  /** The record between two points that are one record apart. */
  private LogRecord record(ResolvedPoint low, ResolvedPoint high) {
    SortedMap<Integer, Long> last = new TreeMap<>(high.last());
    last.entrySet().removeIf(e -> e.getValue().equals(low.last().get(e.getKey())));
    @Nullable LogRecord[] found = {null};
    log.read(
        last,
        last,
        record -> {
          found[0] = record;
          return false;
        });
    LogRecord record = found[0];
    if (record == null) {
      throw new IllegalStateException("no record at " + last + ", where a state changed");
    }
    return record;
  }

  private static ReplayException notFound(String message) {
    return new ReplayException(Kind.NO_SUCH_POINT, message);
  }
}
