package dev.irqledger.web.chronicle;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.web.Cut;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.Position;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.topic.HostPartitioner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each of the last events of a log made of its device: some two hundred bytes for each event.
 * Filled by one thread, asked by many.
 */
public final class Chronicle {
  /** So many findings are kept; a log with more is one to ask the log itself about. */
  private static final int MOST_FINDINGS = 100_000;

  private static final Bdf LOWEST = new Bdf("0000:00:00.0");

  private final int most;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final SortedMap<Integer, Lane> lanes = new TreeMap<>();
  private final SortedMap<Integer, Long> logBegins = new TreeMap<>();
  private final NavigableMap<DeviceKey, List<Entry>> devices = new TreeMap<>();
  private final SortedMap<String, List<Entry>> hosts = new TreeMap<>();
  private final LogRow row = new LogRow();
  private final HostPools pools = new HostPools();
  private final List<dev.irqledger.wire.avro.Violation> findings = new ArrayList<>();

  /**
   * @param most how many events are remembered
   */
  Chronicle(int most) {
    this.most = most;
  }

  /** A partition is there, of which what comes before an offset is known only as what it made. */
  void begin(int partition, long offset, long timeBefore) {
    writing(() -> lanes.put(partition, new Lane(offset, timeBefore)));
  }

  /** A device is like that where what is remembered begins. */
  void begin(FoldedState state) {
    writing(() -> {
      DeviceRow begun = DeviceRow.of(state);
      long time = begun.position().logTimeMs();
      pools.move(begun.key().host(), begun.counts(), time, _ -> false);
      of(begun.key()).add(new Entry(begun, begun.counts(), time, false, false));
    });
  }

  /** A record was read; the event that it holds, if any, follows. */
  void read(LogRecord record) {
    writing(() -> lane(record.partition()).add(record.offset(), record.logTimeMillis()));
  }

  /** The record that was read last holds an event. */
  void take(LogRecord record, InterruptEvent event, Folded folded) {
    writing(() -> {
      List<Entry> own = of(event.device());
      DeviceRow after = DeviceRow.of(new FoldedState(folded.state(), record.position()));
      VectorCounts before = own.isEmpty() ? VectorCounts.ZERO : own.getLast().row().counts();
      Pool empty = Pool.exhaustedAt(event.body());
      pools.move(
          event.device().host(),
          after.counts().minus(before),
          record.logTimeMillis(),
          pool -> pool == empty);
      Entry entry =
          new Entry(
              after,
              before,
              lane(record.partition()).lastTime(),
              !folded.changes().isEmpty(),
              !folded.violations().isEmpty() || empty != null);
      own.add(entry);
      hosts.computeIfAbsent(event.device().host(), _ -> new ArrayList<>()).add(entry);
      row.add(entry);
      folded.violations().forEach(broken -> note(broken, record));
    });
  }

  private void note(Violation broken, LogRecord record) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(Findings.of(broken, record.position()));
    }
  }

  /** Everything up to these ends was read. */
  void readTo(SortedMap<Integer, PartitionRange> ranges) {
    writing(() -> {
      ranges.forEach((partition, range) -> lane(partition).readTo(range.end()));
      logBegins.clear();
      ranges.forEach((partition, range) -> logBegins.put(partition, range.begin()));
      row.settle();
      if (row.size() > most + most / 4) {
        forget();
      }
    });
  }

  /** Forgets the oldest events, so many that not more than the most are left. */
  private void forget() {
    for (Entry oldest : row.forget(row.size() - most)) {
      Lane lane = lane(oldest.partition());
      int before = lane.count();
      while (lane.count() > 0 && lane.begin() <= oldest.offset()) {
        lane.forget(1);
      }
      assert before >= lane.count();
    }
    devices.values().forEach(own -> dropForgotten(own, 1));
    hosts.values().forEach(own -> dropForgotten(own, 0));
  }

  /** Of the forgotten ones the last so many stay: where what is remembered begins. */
  private void dropForgotten(List<Entry> own, int stay) {
    int gone = 0;
    while (gone < own.size() && isForgotten(own.get(gone))) {
      gone++;
    }
    if (gone > stay) {
      own.subList(0, gone - stay).clear();
    }
  }

  private boolean isForgotten(Entry entry) {
    return entry.offset() < lane(entry.partition()).begin();
  }

  private List<Entry> of(DeviceKey device) {
    return devices.computeIfAbsent(device, _ -> new ArrayList<>(4));
  }

  private Lane lane(int partition) {
    return lanes.computeIfAbsent(partition, _ -> new Lane(0, Position.NO_TIME));
  }

  private void writing(Runnable work) {
    lock.writeLock().lock();
    try {
      work.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Does that while nothing is added or forgotten. */
  public <T> T steadily(Supplier<T> work) {
    return reading(work);
  }

  private <T> T reading(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** What of each partition is remembered. */
  public SortedMap<Integer, PartitionRange> ranges() {
    return reading(() -> {
      SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
      lanes.forEach((p, lane) -> ranges.put(p, new PartitionRange(lane.begin(), lane.end())));
      return ranges;
    });
  }

  /** Whether the states after these records are known. */
  public boolean covers(SortedMap<Integer, Long> last) {
    return reading(() ->
        last.entrySet().stream()
            .allMatch(each -> {
              Lane lane = lanes.get(each.getKey());
              return lane != null
                  && each.getValue() >= lane.begin() - 1
                  && each.getValue() < lane.end();
            }));
  }

  /** For each partition the first offset whose log time is later; absent where there is none. */
  public SortedMap<Integer, Long> firstAfter(long time) {
    return reading(() -> {
      SortedMap<Integer, Long> first = new TreeMap<>();
      lanes.forEach((partition, lane) -> {
        long offset = lane.firstAfter(time);
        if (offset >= 0) {
          first.put(partition, offset);
        }
      });
      return first;
    });
  }

  /** What the log holds of each partition, remembered or not. */
  public SortedMap<Integer, PartitionRange> logRanges() {
    return reading(() -> {
      SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
      lanes.forEach((p, lane) ->
          ranges.put(p, new PartitionRange(logBegins.getOrDefault(p, 0L), lane.end())));
      return ranges;
    });
  }

  /** Whether all of the log up to its end is remembered, from its beginning on. */
  public boolean isWhole() {
    return reading(() -> lanes.values().stream().allMatch(lane -> lane.begin() == 0));
  }

  /** Whether it is known which records are not after that time, as far as they were read. */
  public boolean reachesBackTo(long time) {
    return reading(() ->
        lanes.values().stream().allMatch(lane -> lane.begin() == 0 || lane.timeBefore() <= time));
  }

  /** Whether the log has gone on since that time: then no record up to it is to come. */
  public boolean isBeyond(long time) {
    return reading(() -> lanes.values().stream().anyMatch(lane -> lane.lastTime() > time));
  }

  /** What the log holds up to these records, of all partitions or of a host's. */
  public Position position(SortedMap<Integer, Long> last, @Nullable String host) {
    return reading(() -> {
      SortedMap<Integer, Long> own = new TreeMap<>(last);
      if (host != null) {
        int only = HostPartitioner.partition(host, lanes.size());
        own.keySet().removeIf(partition -> partition != only);
      }
      long time = Position.NO_TIME;
      for (var each : own.entrySet()) {
        time = Math.max(time, lane(each.getKey()).timeAt(each.getValue()));
      }
      return new Position(own, time);
    });
  }

  /**
   * All devices, or those of a host, after these records; null where that is not known any more.
   */
  public @Nullable Cut<DeviceRow> devices(@Nullable String host, SortedMap<Integer, Long> last) {
    return reading(() -> {
      if (!covers(last)) {
        return null;
      }
      List<DeviceRow> rows = new ArrayList<>();
      for (List<Entry> own : ofHost(host)) {
        int index = lastUpTo(own, last.getOrDefault(own.getFirst().partition(), -1L));
        if (index >= 0) {
          rows.add(own.get(index).row());
        }
      }
      return new Cut<>(position(last, host), rows);
    });
  }

  private Collection<List<Entry>> ofHost(@Nullable String host) {
    if (host == null) {
      return devices.values();
    }
    List<List<Entry>> found = new ArrayList<>();
    for (var each : devices.tailMap(new DeviceKey(host, LOWEST), true).entrySet()) {
      if (!each.getKey().host().equals(host)) {
        break;
      }
      found.add(each.getValue());
    }
    return found;
  }

  /** The last entry at that offset or before it, -1 where there is none. */
  static int lastUpTo(List<Entry> entries, long offset) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /**
   * The next event of that kind, seen from a point; empty where there is none. Backward it is the
   * one before the last event that the point includes.
   */
  public Optional<Place> step(Scope scope, SortedMap<Integer, Long> from, Stride stride) {
    return reading(() -> {
      List<Entry> entries = entries(scope);
      int index = scope.host() == null ? row.lastOf(from) : lastUpTo(entries, from(from, entries));
      int by = stride.forward() ? 1 : -1;
      for (int i = index + by; i >= 0 && i < entries.size(); i += by) {
        Entry entry = entries.get(i);
        boolean beyond =
            !stride.forward() || entry.offset() > from.getOrDefault(entry.partition(), -1L);
        if (beyond && stride.kind().takes(entry) && !isForgotten(entry)) {
          return Optional.of(new Place(after(entry), entry));
        }
      }
      return Optional.<Place>empty();
    });
  }

  private static long from(SortedMap<Integer, Long> from, List<Entry> entries) {
    return entries.isEmpty() ? -1 : from.getOrDefault(entries.getFirst().partition(), -1L);
  }

  private List<Entry> entries(Scope scope) {
    String host = scope.host();
    Bdf bdf = scope.bdf();
    if (host == null) {
      return row.entries();
    }
    return bdf == null
        ? hosts.getOrDefault(host, List.of())
        : devices.getOrDefault(new DeviceKey(host, bdf), List.of());
  }

  /** The point of the log's order that ends with that event. */
  private Position after(Entry entry) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    lanes.forEach((partition, lane) ->
        last.put(
            partition,
            partition == entry.partition()
                ? entry.offset()
                : lane.lastUpTo(entry.time(), partition < entry.partition())));
    return new Position(last, entry.time());
  }

  /**
   * What happened between two log times, in so many parts.
   *
   * @param fromMs null for the first that is remembered
   * @param toMs null for the last one; both ends are included
   * @param parts from 1
   */
  public Timeline timeline(Scope scope, @Nullable Long fromMs, @Nullable Long toMs, int parts) {
    return reading(() -> {
      List<Entry> all = row.entries();
      long first = all.isEmpty() ? Position.NO_TIME : all.getFirst().time();
      long last = all.isEmpty() ? Position.NO_TIME : all.getLast().time();
      long from = fromMs == null ? Math.max(first, 0) : fromMs;
      long to = Math.max(from, toMs == null ? Math.max(last, 0) : toMs);
      Bucketing bucketing = new Bucketing(from, to, parts);
      bases(scope).forEach(bucketing::hold);
      entries(scope).stream().filter(entry -> !isForgotten(entry)).forEach(bucketing::take);
      return new Timeline(from, to, bucketing.width(), first, last, isWhole(), bucketing.parts());
    });
  }

  /** What the devices held where what is remembered begins. */
  private List<VectorCounts> bases(Scope scope) {
    return ofHost(scope.host()).stream()
        .map(List::getFirst)
        .filter(this::isForgotten)
        .filter(entry -> scope.bdf() == null || entry.row().key().bdf().equals(scope.bdf()))
        .map(entry -> entry.row().counts())
        .toList();
  }

  /** The rules that events break, in the order in which they were read. */
  public List<dev.irqledger.wire.avro.Violation> findings() {
    return reading(() -> List.copyOf(findings));
  }

  /** How full a host's pool is at the end of what was read. */
  public PoolLevel level(String host, Pool pool) {
    return reading(() -> pools.level(host, pool));
  }

  /** How many events of that host are remembered. */
  int events(String host) {
    return reading(() -> hosts.getOrDefault(host, List.of()).size());
  }
}
