package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.IdleTrigger;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import dev.irqledger.wire.avro.UnarmedDevice;
import dev.irqledger.wire.avro.Violation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ledger over a log in memory: now is what the log holds at the moment. */
public final class MemoryLedger implements LedgerQueries {
  private final PastLedger past;
  private final BlockingQueue<LedgerStream.Message> messages = new LinkedBlockingQueue<>();
  public final AtomicInteger streams = new AtomicInteger();
  public volatile @Nullable QueryException trouble;
  public volatile @Nullable URI owner;

  /** Up to where a copy is kept here; null for none. */
  public volatile @Nullable Point copied;

  /** So often there is none yet. */
  public final AtomicInteger copyMissing = new AtomicInteger();

  public volatile List<URI> copies = List.of();
  public volatile @Nullable String followedAfter;

  public MemoryLedger(MemoryLog log) {
    this.past =
        new PastLedger(() -> log, Lookups.releasedOnly(), Duration.ofSeconds(5), 8, 100_000);
    past.remember();
  }

  @Override
  public void requireReady() {
    QueryException now = trouble;
    if (now != null) {
      throw new QueryException(now.kind(), now.getMessage());
    }
  }

  @Override
  public Cut<DeviceRow> devices(@Nullable String host, Point at) {
    requireReady();
    return past.devices(host, at);
  }

  @Override
  public Optional<FoldedState> device(DeviceKey device, Point at) {
    requireReady();
    return past.device(device, at);
  }

  @Override
  public HistoryPage history(DeviceKey device, Point at, long after, int most) {
    requireReady();
    return past.history(device, at, after, most);
  }

  @Override
  public FindingPage findings(
      FindingFilter filter, @Nullable Position upTo, FindingPage.@Nullable Next from, int most) {
    Cut<DeviceRow> cut = devices(null, Point.LATEST);
    Position position = upTo == null ? cut.position() : upTo;
    List<Violation> all = new ArrayList<>();
    for (DeviceRow row : cut.items()) {
      history(row.key(), new Point.Offsets(cut.position().last()), -1, 1000)
          .events()
          .forEach(
              event -> event.violations().forEach(v -> all.add(Findings.of(v, event.position()))));
    }
    List<Violation> wanted =
        all.stream()
            .filter(filter::takes)
            .filter(f -> position.reflects(f.getPartition(), f.getOffset()))
            .toList();
    int begin = (int) Math.min(from == null ? 0 : from.offset(), wanted.size());
    int end = Math.min(wanted.size(), begin + most);
    return new FindingPage(
        position,
        wanted.subList(begin, end),
        end == wanted.size() ? null : new FindingPage.Next(0, end));
  }

  @Override
  public PastLedger past() {
    return past;
  }

  @Override
  public About about() {
    return new About(true, "");
  }

  @Override
  public Optional<Pressure> pressure(String host) {
    requireReady();
    List<Pool> pools = new ArrayList<>();
    pools.add(new Pool(PoolKind.CPU_VECTORS, null, 3, 0, 0, null, 400, 3, Instant.EPOCH));
    pools.add(new Pool(PoolKind.REMAPPING_ENTRIES, "dmar0", 3, 1, 2, 7, null, 6, Instant.EPOCH));
    HostPressure report =
        new HostPressure(
            host,
            pools,
            List.of(new Holder("0000:01:00.0", "web", 3, 1, 2)),
            0,
            5L,
            MemoryLog.BEGIN,
            new UnarmedDevice("0000:01:00.0", "web", MemoryLog.BEGIN),
            1,
            List.of(new IdleTrigger("0000:01:00.0", 2, 77, MemoryLog.BEGIN)));
    return host.equals("hv-1")
        ? Optional.of(new Pressure(new Position(new TreeMap<>(Map.of(0, 5L)), 0), report))
        : Optional.empty();
  }

  public void tell(LedgerStream.Message message) {
    messages.add(message);
  }

  @Override
  public LedgerStream follow(@Nullable String host, @Nullable String after) {
    requireReady();
    if (after != null && !after.startsWith("at-")) {
      throw new QueryException(Kind.WRONG_QUESTION, "no place of this stream");
    }
    followedAfter = after;
    streams.incrementAndGet();
    return new LedgerStream() {
      @Override
      public String start() {
        return after == null ? "at-0" : after;
      }

      @Override
      public List<Message> next(Duration most) {
        try {
          Message message = messages.poll(most.toMillis(), TimeUnit.MILLISECONDS);
          return message == null ? List.of() : List.of(message);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return List.of();
        }
      }

      @Override
      public void close() {
        streams.decrementAndGet();
      }
    };
  }

  @Override
  public Optional<FoldedState> copy(DeviceKey device) {
    Point known = copied;
    if (known == null || copyMissing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new QueryException(Kind.NOT_READY, "no copy");
    }
    return past.device(device, known);
  }

  @Override
  public List<URI> copies(String host) {
    return copies;
  }

  @Override
  public Optional<URI> elsewhere(String host) {
    return Optional.ofNullable(owner);
  }
}
