package dev.irqledger.cli.imports;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the log holds of a host already: where each device's chain ends, and how much of each
 * recording was imported before.
 */
public final class ImportHistory {
  private final Map<DeviceKey, EventHash> heads = new HashMap<>();
  private final Map<String, Begun> begun = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private long lastEpoch;

  /**
   * A recording of which the log holds something.
   *
   * @param epoch the epoch of its events
   * @param heads where the chains ended before its first event
   * @param events how many of its events are there
   */
  record Begun(long epoch, Map<DeviceKey, EventHash> heads, long events) {
    Begun plusOne() {
      return new Begun(epoch, heads, events + 1);
    }
  }

  private ImportHistory() {}

  /**
   * Reads the host's events.
   *
   * @throws dev.irqledger.replay.ReplayException if the log cannot be reached, or was cut
   */
  public static ImportHistory read(
      LogSource source, EventCodec codec, String host, Collection<Recording> recordings) {
    ImportHistory history = new ImportHistory();
    recordings.forEach(recording -> history.wanted.add(recording.bootId()));
    ResolvedPoint latest =
        new PointResolver(source, codec, InstantSource.system()).resolve(Point.LATEST, null);
    int partition = HostPartitioner.partition(host, latest.partitions());
    new Replayer(source, codec)
        .replay(
            latest,
            key -> key.host().equals(host),
            p -> p == partition,
            (_, event, folded) -> {
              if (folded.applied()) {
                history.add(event);
              }
            });
    return history;
  }

  private void add(InterruptEvent event) {
    String recording = event.bootId();
    if (wanted.contains(recording)) {
      begun.merge(
          recording,
          new Begun(event.epoch(), Map.copyOf(heads), 1),
          (before, _) -> before.plusOne());
    }
    heads.put(event.device(), event.hash());
    lastEpoch = Math.max(lastEpoch, event.epoch());
  }

  /** What is there of a recording; for one that is new, where it is to begin. */
  Begun of(Recording recording) {
    Begun there = begun.get(recording.bootId());
    return there != null
        ? there
        : new Begun(Math.max(recording.leastEpoch(), lastEpoch + 1), Map.copyOf(heads), 0);
  }

  /** Takes note of what was just imported. */
  void imported(long epoch, Map<DeviceKey, EventHash> headsNow) {
    heads.putAll(headsNow);
    lastEpoch = Math.max(lastEpoch, epoch);
  }
}
