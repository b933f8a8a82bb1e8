package dev.irqledger.web;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A log in memory, which grows while others read it. */
public final class MemoryLog implements LogSource {
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final SortedMap<Integer, CopyOnWriteArrayList<LogRecord>> partitions = new TreeMap<>();
  private final EventSealer sealer =
      new EventSealer(EventCodec.releasedOnly(), 1, "boot", KnownHeads.FIRST_EPOCH);
  private final AtomicLong records = new AtomicLong();

  public MemoryLog(int count) {
    IntStream.range(0, count).forEach(p -> partitions.put(p, new CopyOnWriteArrayList<>()));
  }

  /** The device is opened, and the first of its MSI-X vectors get triggers. */
  public void arm(String device, int vectors) {
    append(
        device,
        new DeviceOpened(
            new KernelRelease("6.12.0"), DeviceCapabilities.UNSEEN, DeviceIdentity.UNKNOWN));
    trigger(device, IntStream.range(10, 10 + vectors).toArray());
  }

  /** Vectors from 0 on get these triggers. */
  public void trigger(String device, int... fds) {
    append(
        device,
        new InterruptsSet(SetIrqs.triggers(IrqIndex.MSIX, 0, fds), OptionalInt.of(0), 900, null));
  }

  /** An event happens that never reaches the log. */
  public void lose(String device) {
    seal(device, new InterruptsSet(SetIrqs.disable(IrqIndex.MSIX), OptionalInt.of(0), 0, null));
  }

  private void append(String device, EventBody body) {
    byte[] bytes = seal(device, body).bytes();
    String host = DeviceKey.parse(device).host();
    append(HostPartitioner.partition(host, partitions.size()), bytes);
  }

  void append(int partition, byte[] value) {
    var log = partitions.get(partition);
    long time = BEGIN.plusSeconds(records.incrementAndGet()).toEpochMilli();
    log.add(new LogRecord(partition, log.size(), time, new byte[0], value));
  }

  private SealedEvent seal(String device, EventBody body) {
    long number = records.incrementAndGet();
    return sealer.seal(
        EventIds.imported(new byte[] {1}, number),
        DeviceKey.parse(device),
        Source.AGENT_CALL,
        new Actor("web", null, 4711, "qemu-system-x86", null),
        BEGIN.plusSeconds(number).toEpochMilli() * 1000,
        body);
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
    partitions.forEach((p, log) -> ranges.put(p, new PartitionRange(0, log.size())));
    return ranges;
  }

  @Override
  public SortedMap<Integer, Long> firstAfter(Instant time) {
    SortedMap<Integer, Long> first = new TreeMap<>();
    partitions.forEach((p, log) ->
        log.stream()
            .filter(r -> r.logTimeMillis() > time.toEpochMilli())
            .findFirst()
            .ifPresent(r -> first.put(p, r.offset())));
    return first;
  }

  @Override
  public void read(SortedMap<Integer, Long> last, Sink sink) {
    for (var wanted : last.entrySet()) {
      for (LogRecord record : partitions.get(wanted.getKey())) {
        if (record.offset() <= wanted.getValue() && !sink.accept(record)) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {}
}
