package dev.irqledger.web.chronicle;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.web.PastEvent;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One host's devices after each of its events, with their vectors. Confined to one thread. */
final class HostMemory {
  private final String host;
  private final int partition;
  private final SortedMap<DeviceKey, List<Kept>> devices = new TreeMap<>();
  private final DeviceFold fold;
  private final long begin;
  private long end;
  private int events;

  /**
   * A device after an event.
   *
   * @param past the event; null for the state where what is kept begins
   */
  record Kept(@Nullable PastEvent past, FoldedState after) {
    long offset() {
      return after.position().offset();
    }
  }

  private HostMemory(String host, int partition, long begin, EventCodec codec) {
    this.host = host;
    this.partition = partition;
    this.begin = begin;
    this.end = begin;
    this.fold = new DeviceFold(codec, new Devices(host, null), new Keeping());
  }

  private final class Keeping implements Replayer.Observer {
    @Override
    public void folded(LogRecord record, InterruptEvent event, Folded folded) {
      PastEvent past = PastEvent.of(record, event, folded);
      keep(new Kept(past, new FoldedState(folded.state(), record.position())));
      events++;
    }
  }

  private void keep(Kept kept) {
    devices.computeIfAbsent(kept.after().state().key(), _ -> new ArrayList<>()).add(kept);
  }

  /**
   * Begins where the chronicle does.
   *
   * @param begin the first offset that is read
   * @param partitions how many partitions the log has
   */
  static HostMemory begin(
      String host, int partition, long begin, int partitions, LogSource source, EventCodec codec) {
    HostMemory memory = new HostMemory(host, partition, begin, codec);
    if (begin > 0) {
      SortedMap<Integer, Long> before = new TreeMap<>();
      for (int p = 0; p < partitions; p++) {
        before.put(p, p == partition ? begin - 1 : -1);
      }
      Image image =
          new Replayer(source, codec)
              .state(new ResolvedPoint(before), new Devices(host, null), p -> p == partition);
      memory.fold.begin(image);
      image.devices().values().forEach(state -> memory.keep(new Kept(null, state)));
    }
    return memory;
  }

  /** Takes in what comes before that offset. */
  void readTo(long newEnd, LogSource source) {
    if (newEnd <= end) {
      return;
    }
    byte[] prefix = (host + "/").getBytes(StandardCharsets.UTF_8);
    source.read(
        only(end),
        only(newEnd - 1),
        record -> {
          // The key tells in whose order a record is, so that others need not be decoded.
          byte[] key = record.key();
          boolean foreign = key != null && key.length > 0 && !startsWith(key, prefix);
          return foreign || fold.accept(record);
        });
    end = newEnd;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private SortedMap<Integer, Long> only(long offset) {
    SortedMap<Integer, Long> one = new TreeMap<>();
    one.put(partition, offset);
    return one;
  }

  /** The first offset that was read. */
  long begin() {
    return begin;
  }

  long end() {
    return end;
  }

  int events() {
    return events;
  }

  /** The devices of the host that had an event up to that offset, as they were after it. */
  SortedMap<DeviceKey, Kept> at(long offset) {
    SortedMap<DeviceKey, Kept> states = new TreeMap<>();
    devices.forEach((device, kept) -> {
      int index = lastUpTo(kept, offset);
      if (index >= 0) {
        states.put(device, kept.get(index));
      }
    });
    return states;
  }

  /** What happened to a device up to that offset, in the order of the log. */
  List<Kept> of(DeviceKey device, long offset) {
    List<Kept> kept = devices.getOrDefault(device, List.of());
    return List.copyOf(kept.subList(0, lastUpTo(kept, offset) + 1));
  }

  private static int lastUpTo(List<Kept> kept, long offset) {
    int low = 0;
    int high = kept.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (kept.get(middle).offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
