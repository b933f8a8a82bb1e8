package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A log in memory, with a clock that moves one second with each record. */
public final class InMemoryLog implements LogSource {
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final SortedMap<Integer, List<LogRecord>> partitions = new TreeMap<>();
  private final SortedMap<Integer, Long> cut = new TreeMap<>();
  private final EventSealer sealer =
      new EventSealer(EventCodec.releasedOnly(), 1, "boot", KnownHeads.FIRST_EPOCH);
  private EventSigner signer = EventSigner.none();
  private long records;

  /** Signs what is appended from now on. */
  public void signWith(EventSigner next) {
    signer = next;
  }

  public InMemoryLog(int count) {
    for (int i = 0; i < count; i++) {
      partitions.put(i, new ArrayList<>());
    }
  }

  /** Appends an event; its host's clock shows one hour more than the log's. */
  public InterruptEvent append(String device, EventBody body) {
    DeviceKey key = DeviceKey.parse(device);
    long hostMicros = (BEGIN.getEpochSecond() + 3600 + records) * 1_000_000;
    SealedEvent sealed =
        sealer.seal(
            EventIds.imported(new byte[] {1}, records),
            key,
            Source.AGENT_CALL,
            Actor.UNKNOWN,
            hostMicros,
            body);
    append(HostPartitioner.partition(key.host(), partitions.size()), sealed.bytes());
    return sealed.event();
  }

  public void append(int partition, byte[] value) {
    List<LogRecord> log = partition(partition);
    byte[] signature = signer.sign(value);
    log.add(
        new LogRecord(
            partition,
            log.size(),
            timeOf(records++).toEpochMilli(),
            new byte[0],
            value,
            signature == null
                ? List.of()
                : List.of(new LogRecord.Header(EventSigner.HEADER, signature))));
  }

  /** The log time of the n-th record of all, from 0. */
  public static Instant timeOf(long n) {
    return BEGIN.plusSeconds(n);
  }

  public void cut(int partition, long begin) {
    cut.put(partition, begin);
  }

  private List<LogRecord> partition(int number) {
    return partitions.computeIfAbsent(number, _ -> new ArrayList<>());
  }

  @Override
  public SortedMap<Integer, PartitionRange> ranges() {
    SortedMap<Integer, PartitionRange> ranges = new TreeMap<>();
    partitions.forEach(
        (p, log) -> ranges.put(p, new PartitionRange(cut.getOrDefault(p, 0L), log.size())));
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
      for (LogRecord record : partition(wanted.getKey())) {
        if (record.offset() <= wanted.getValue() && !sink.accept(record)) {
          return;
        }
      }
    }
  }

  @Override
  public void close() {}
}
