package dev.irqledger.web.chronicle;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.web.PastEvent;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.topic.HostPartitioner;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The hosts that were asked about of late, with all vectors after each of their events. The first
 * question about a host reads its partition once; those after it read nothing. Safe for use by many
 * threads.
 */
public final class HostMemories implements AutoCloseable {
  /** A host with more is not kept; its past is folded for each question. */
  private static final int MOST_OF_ONE = 50_000;

  private static final int MOST_OF_ALL = 200_000;

  private final Chronicle chronicle;
  private final Supplier<? extends LogSource> sources;
  private final Lookups lookups;
  private final Map<String, HostMemory> hosts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param chronicle tells where to begin, and how much there is
   * @param sources opens the log; each source is closed after one reading
   */
  public HostMemories(Chronicle chronicle, Supplier<? extends LogSource> sources, Lookups lookups) {
    this.chronicle = chronicle;
    this.sources = sources;
    this.lookups = lookups;
  }

  /** Whether questions about that host are answered here. */
  public boolean takes(String host) {
    return chronicle.events(host) <= MOST_OF_ONE;
  }

  /**
   * A device of a host at a moment, with who used it last.
   *
   * @param lastEvents its events up to then
   */
  public record Remembered(FoldedState state, List<PastEvent> lastEvents) {}

  /** A device after the records up to that offset of its partition. */
  public Optional<FoldedState> device(DeviceKey device, long offset) {
    return asking(
        device.host(),
        offset,
        memory -> Optional.ofNullable(memory.at(offset).get(device)).map(HostMemory.Kept::after));
  }

  /** All devices of a host, with their vectors. */
  public SortedMap<DeviceKey, Remembered> host(String host, long offset) {
    return asking(
        host,
        offset,
        memory -> {
          SortedMap<DeviceKey, Remembered> all = new TreeMap<>();
          memory
              .at(offset)
              .forEach((device, kept) ->
                  all.put(device, new Remembered(kept.after(), events(memory, device, offset))));
          return all;
        });
  }

  /**
   * What happened to a device.
   *
   * @param events in the order of the log
   * @param begin the offset before which nothing is known
   */
  public record Chapter(List<PastEvent> events, long begin) {}

  /** What happened to a device up to that offset. */
  public Chapter history(DeviceKey device, long offset) {
    return asking(
        device.host(),
        offset,
        memory -> new Chapter(events(memory, device, offset), memory.begin()));
  }

  private static List<PastEvent> events(HostMemory memory, DeviceKey device, long offset) {
    return memory.of(device, offset).stream()
        .map(HostMemory.Kept::past)
        .filter(Objects::nonNull)
        .toList();
  }

  private synchronized <T> T asking(
      String host, long offset, Function<? super HostMemory, T> question) {
    SortedMap<Integer, PartitionRange> ranges = chronicle.ranges();
    int partition = HostPartitioner.partition(host, ranges.size());
    PartitionRange range = ranges.getOrDefault(partition, PartitionRange.EMPTY);
    HostMemory memory = hosts.get(host);
    if (memory == null || memory.end() <= offset || memory.begin() > offset + 1) {
      // Where the reading breaks off, nothing half read stays.
      hosts.remove(host);
      try (LogSource source = sources.get()) {
        if (memory == null || memory.begin() > offset + 1) {
          // What the chronicle has forgotten meanwhile may be asked for still.
          long begin = Math.min(range.begin(), offset + 1);
          memory = HostMemory.begin(host, partition, begin, ranges.size(), source, lookups.codec());
        }
        memory.readTo(range.end(), source);
      }
      hosts.put(host, memory);
      forget(host);
    }
    return question.apply(memory);
  }

  /** Drops those that were asked about least of late. */
  private void forget(String butNot) {
    int events = hosts.values().stream().mapToInt(HostMemory::events).sum();
    Iterator<Map.Entry<String, HostMemory>> oldest = hosts.entrySet().iterator();
    while (events > MOST_OF_ALL && oldest.hasNext()) {
      Map.Entry<String, HostMemory> each = oldest.next();
      if (!each.getKey().equals(butNot)) {
        events -= each.getValue().events();
        oldest.remove();
      }
    }
  }

  @Override
  public synchronized void close() {
    hosts.clear();
  }
}
