package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.whatif.WhatIf;
import dev.irqledger.web.PastMemory.Known;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.web.chronicle.HostMemories.Chapter;
import dev.irqledger.web.chronicle.Place;
import dev.irqledger.web.chronicle.PoolLevel;
import dev.irqledger.web.chronicle.Scope;
import dev.irqledger.web.chronicle.Stride;
import dev.irqledger.web.chronicle.Timeline;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.avro.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers about the past: from memory where that reaches so far back, else by folding the log anew.
 * Safe for use by many threads.
 *
 * <p>Every method throws {@link QueryException} where the log does not hold the point, cannot be
 * reached or was cut, or where the answer takes too long.
 */
public final class PastLedger implements AutoCloseable {
  private final PastFolds folds;
  private final PastMemory memory;

  /**
   * @param sources opens the log; each source is closed after one answer
   * @param lookups what its records need beside it
   * @param most how long an answer may take
   * @param atOnce how many answers may be made at once
   * @param remembered how many of the log's last events are kept in memory, once somebody asks for
   *     what only memory tells: some two hundred bytes for each
   */
  public PastLedger(
      Supplier<? extends LogSource> sources,
      Lookups lookups,
      Duration most,
      int atOnce,
      int remembered) {
    this.folds = new PastFolds(sources, lookups, most, atOnce);
    this.memory = new PastMemory(sources, lookups, remembered, folds);
  }

  /**
   * Reads the log into memory, if nobody has, and returns when that is done.
   *
   * @throws QueryException if it cannot be read
   */
  public void remember() {
    memory.remember();
  }

  /** How much of the log was read into memory, from 0 to 1. */
  public double progress() {
    return memory.progress();
  }

  /**
   * What happened over time.
   *
   * @param fromMs log time in milliseconds since 1970; null for the first that is remembered
   * @param toMs null for the last one
   * @param parts in so many parts, from 1
   */
  public Timeline timeline(Scope scope, @Nullable Long fromMs, @Nullable Long toMs, int parts) {
    return memory.ofNow(chronicle -> chronicle.timeline(scope, fromMs, toMs, parts));
  }

  /** The next event of that kind, seen from a point; empty where there is none in memory. */
  public Optional<Place> step(Scope scope, Point at, Stride stride) {
    var _ = memory.chronicle();
    Known from = memory.reaching(at, scope.host());
    if (from == null) {
      throw new QueryException(
          Kind.WRONG_QUESTION, "the point is before the events that are kept in memory");
    }
    return memory.ofNow(chronicle -> chronicle.step(scope, from.last(), stride));
  }

  /** A host's devices with who used them last, and what they hold for nobody. */
  public Cut<HolderRow> holders(String host, Point at) {
    var _ = memory.chronicle();
    Known known = memory.reaching(at, host);
    if (known == null || !memory.takes(host)) {
      throw new QueryException(
          Kind.TOO_LONG, "the host has too long a history, or the point is too far back");
    }
    return new Cut<>(
        known.position(),
        memory.host(host, known).stream()
            .map(each -> HolderRow.of(each.state(), each.lastEvents()))
            .toList());
  }

  /** Both histories of a host up to that point: what happened, and what would have. */
  public WhatIfHistory whatIf(String host, ReleasePolicy policy, PoolSizes sizes, Point at) {
    TwoHistories both = new TwoHistories(host, new WhatIf(policy, sizes, Map.of()));
    Image image = folds.replay(at, host, device -> device.host().equals(host), both);
    return both.history(PastFolds.position(image, host));
  }

  /** The rules that events break, as far as memory reaches back, in the order of reading. */
  public List<Violation> findings() {
    return memory.chronicle().findings();
  }

  /** How full a host's pool is now. */
  public PoolLevel level(String host, Pool pool) {
    return memory.chronicle().level(host, pool);
  }

  /** All devices, or those of a host, at that point. */
  public Cut<DeviceRow> devices(@Nullable String host, Point at) {
    Known known = memory.reaching(at, host);
    Cut<DeviceRow> cut = known == null ? null : memory.devices(host, known);
    if (cut != null) {
      return cut;
    }
    Image image =
        folds.replay(
            at,
            host,
            device -> host == null || device.host().equals(host),
            Replayer.Observer.none());
    List<DeviceRow> rows = image.devices().values().stream().map(DeviceRow::of).toList();
    return new Cut<>(PastFolds.position(image, host), rows);
  }

  /** A device at that point; empty where it had no event up to then. */
  public Optional<FoldedState> device(DeviceKey device, Point at) {
    Known known = memory.reaching(at, device.host());
    if (known != null && memory.takes(device.host())) {
      return memory.device(device, known);
    }
    Image image = folds.replay(at, device.host(), device::equals, Replayer.Observer.none());
    return Optional.ofNullable(image.devices().get(device));
  }

  /**
   * What happened to a device.
   *
   * @param after behind that offset; -1 for all
   * @param wanted how many events at the most
   * @throws QueryException also where the device had no event up to then
   */
  public HistoryPage history(DeviceKey device, Point at, long after, int wanted) {
    Known known = memory.reaching(at, device.host());
    if (known != null && memory.takes(device.host())) {
      Chapter chapter = memory.chapter(device, known);
      if (chapter.begin() <= Math.max(0, after + 1)) {
        List<PastEvent> behind =
            chapter.events().stream().filter(past -> past.position().offset() > after).toList();
        return new HistoryPage(
            known.position(),
            behind.subList(0, Math.min(wanted, behind.size())),
            behind.size() > wanted);
      }
    }
    EventWindow window = new EventWindow(after, wanted);
    Position position = folds.watch(device, at, window);
    return new HistoryPage(position, window.events(), window.more());
  }

  /**
   * What happened to a device last, in the order of the log.
   *
   * @param wanted how many events at the most
   * @throws QueryException also where the device had no event up to then
   */
  public HistoryPage lastOf(DeviceKey device, Point at, int wanted) {
    Known known = memory.reaching(at, device.host());
    if (known != null && memory.takes(device.host())) {
      Chapter chapter = memory.chapter(device, known);
      int count = chapter.events().size();
      if (chapter.begin() == 0 || count >= wanted) {
        return new HistoryPage(
            known.position(), chapter.events().subList(Math.max(0, count - wanted), count), false);
      }
    }
    TailWindow window = new TailWindow(wanted);
    Position position = folds.watch(device, at, window);
    return new HistoryPage(position, window.events(), false);
  }

  @Override
  public void close() {
    memory.close();
  }
}
