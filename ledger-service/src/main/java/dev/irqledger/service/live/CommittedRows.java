package dev.irqledger.service.live;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.web.Cut;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.Position;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All devices without their vectors, as of committed positions. What comes in is staged by
 * partition and shown when the partition was read to its last stable offset: only there a
 * transaction has been seen as a whole, so that only there all devices are as of one position. Safe
 * for use by many threads.
 */
final class CommittedRows {
  private static final Bdf LOWEST = new Bdf("0000:00:00.0");

  private final int partitions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition shown = lock.newCondition();
  private final NavigableMap<DeviceKey, DeviceRow> rows = new TreeMap<>();
  private final SortedMap<Integer, LogPosition> positions = new TreeMap<>();
  private final Map<Integer, Map<DeviceKey, Staged>> staged = new HashMap<>();
  private final Set<Integer> complete = new HashSet<>();
  private @Nullable Cut<DeviceRow> all;

  private record Staged(@Nullable DeviceRow row) {}

  CommittedRows(int partitions) {
    this.partitions = partitions;
    for (int p = 0; p < partitions; p++) {
      staged.put(p, new HashMap<>());
    }
  }

  /** A device's state was read; null where it is gone. */
  void stage(int partition, DeviceKey device, @Nullable DeviceRow row) {
    lock.lock();
    try {
      stagedIn(partition).put(device, new Staged(row));
    } finally {
      lock.unlock();
    }
  }

  /** A partition was read to its last stable offset. */
  void show(int partition) {
    lock.lock();
    try {
      Map<DeviceKey, Staged> changes = stagedIn(partition);
      boolean first = complete.add(partition);
      if (!first && changes.isEmpty()) {
        return;
      }
      changes.forEach((device, change) -> put(partition, device, change.row()));
      changes.clear();
      all = null;
      shown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Map<DeviceKey, Staged> stagedIn(int partition) {
    return staged.computeIfAbsent(partition, _ -> new HashMap<>());
  }

  private void put(int partition, DeviceKey device, @Nullable DeviceRow row) {
    if (row == null) {
      rows.remove(device);
      return;
    }
    rows.put(device, row);
    LogPosition before = positions.get(partition);
    if (before == null || row.position().offset() > before.offset()) {
      positions.put(partition, row.position());
    }
  }

  /** Whether every partition was read to its end once. */
  boolean complete() {
    lock.lock();
    try {
      return complete.size() == partitions;
    } finally {
      lock.unlock();
    }
  }

  /** All devices, or those of a host. */
  Cut<DeviceRow> cut(@Nullable String host) {
    lock.lock();
    try {
      return host == null ? all() : new Cut<>(position(host), ofHost(host));
    } finally {
      lock.unlock();
    }
  }

  private Cut<DeviceRow> all() {
    if (all == null) {
      all = new Cut<>(position(null), List.copyOf(rows.values()));
    }
    return all;
  }

  private List<DeviceRow> ofHost(String host) {
    List<DeviceRow> found = new ArrayList<>();
    for (DeviceRow row : rows.tailMap(new DeviceKey(host, LOWEST), true).values()) {
      if (!row.key().host().equals(host)) {
        break;
      }
      found.add(row);
    }
    return found;
  }

  /** What is shown: of all partitions, or of a host's one. */
  Position position(@Nullable String host) {
    lock.lock();
    try {
      SortedMap<Integer, Long> last = new TreeMap<>();
      long logTime = Position.NO_TIME;
      for (int p = 0; p < partitions; p++) {
        if (host == null || p == HostPartitioner.partition(host, partitions)) {
          LogPosition position = positions.get(p);
          last.put(p, position == null ? -1 : position.offset());
          logTime = Math.max(logTime, position == null ? -1 : position.logTimeMs());
        }
      }
      return new Position(last, logTime);
    } finally {
      lock.unlock();
    }
  }

  Optional<DeviceRow> row(DeviceKey device) {
    lock.lock();
    try {
      return Optional.ofNullable(rows.get(device));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a record of the log is reflected.
   *
   * @return false where that takes longer than the most
   */
  boolean await(int partition, long offset, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!reflects(partition, offset)) {
        if (left <= 0) {
          return false;
        }
        left = shown.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean reflects(int partition, long offset) {
    LogPosition position = positions.get(partition);
    return position != null && position.offset() >= offset;
  }
}
