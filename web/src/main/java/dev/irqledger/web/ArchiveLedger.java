package dev.irqledger.web;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.web.chronicle.PoolLevel;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.PoolKind;
import dev.irqledger.wire.avro.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ledger over an archive: its present is its end. What only policies, agents and clocks know is
 * not in it: findings are those of the kernel's and the log's rules, and a pool is as large as a
 * call that found it empty shows.
 */
public final class ArchiveLedger implements LedgerQueries, AutoCloseable {
  /** How many of the last events are kept in memory: some two hundred bytes for each. */
  public static final int REMEMBERED = 1_000_000;

  private static final Duration MOST = Duration.ofSeconds(20);
  private static final int AT_ONCE = 4;
  private static final int HOLDERS = 10;

  private final PastLedger past;
  private final String name;

  private ArchiveLedger(PastLedger past, String name) {
    this.past = past;
    this.name = name;
  }

  /**
   * Opens an archive.
   *
   * @throws dev.irqledger.replay.ReplayException if there is none, or it cannot be read
   */
  public static ArchiveLedger open(Path directory) {
    ArchiveLogSource archive = ArchiveLogSource.open(directory);
    Path file = directory.toAbsolutePath().normalize().getFileName();
    return new ArchiveLedger(
        new PastLedger(
            () -> ArchiveLogSource.open(directory), archive.lookups(), MOST, AT_ONCE, REMEMBERED),
        file == null ? directory.toString() : file.toString());
  }

  @Override
  public void requireReady() {
    // An archive that could be opened can be asked.
  }

  @Override
  public PastLedger past() {
    return past;
  }

  @Override
  public About about() {
    return new About(false, name);
  }

  @Override
  public Cut<DeviceRow> devices(@Nullable String host, Point at) {
    return past.devices(host, at);
  }

  @Override
  public Optional<FoldedState> device(DeviceKey device, Point at) {
    return past.device(device, at);
  }

  @Override
  public HistoryPage history(DeviceKey device, Point at, long after, int most) {
    return past.history(device, at, after, most);
  }

  @Override
  public FindingPage findings(
      FindingFilter filter, @Nullable Position upTo, FindingPage.@Nullable Next from, int most) {
    Position position = upTo == null ? devices(filter.host(), Point.LATEST).position() : upTo;
    List<Violation> found =
        past.findings().stream()
            .filter(filter::takes)
            .filter(finding -> position.reflects(finding.getPartition(), finding.getOffset()))
            .toList();
    int begin = (int) Math.min(from == null ? 0 : from.offset(), found.size());
    int end = Math.min(found.size(), begin + most);
    return new FindingPage(
        position,
        found.subList(begin, end),
        end == found.size() ? null : new FindingPage.Next(0, end));
  }

  @Override
  public HostSizes sizes(String host) {
    return new HostSizes(
        past.level(host, Pool.CPU_VECTORS).size(),
        null,
        past.level(host, Pool.REMAPPING_ENTRIES).size());
  }

  @Override
  public Optional<Pressure> pressure(String host) {
    Cut<DeviceRow> cut = devices(host, Point.LATEST);
    if (cut.items().isEmpty()) {
      return Optional.empty();
    }
    VectorCounts held =
        cut.items().stream().map(DeviceRow::counts).reduce(VectorCounts.ZERO, VectorCounts::plus);
    List<dev.irqledger.wire.avro.Pool> pools = new ArrayList<>();
    pools.add(pool(PoolKind.CPU_VECTORS, held, past.level(host, Pool.CPU_VECTORS)));
    pools.add(pool(PoolKind.REMAPPING_ENTRIES, held, past.level(host, Pool.REMAPPING_ENTRIES)));
    Map.Entry<Integer, Long> last = cut.position().last().entrySet().iterator().next();
    HostPressure report =
        new HostPressure(
            host,
            pools,
            holders(cut.items()),
            last.getKey(),
            last.getValue(),
            Instant.ofEpochMilli(cut.position().logTimeMs()),
            null,
            -1,
            List.of());
    return Optional.of(new Pressure(cut.position(), report));
  }

  private static dev.irqledger.wire.avro.Pool pool(
      PoolKind kind, VectorCounts held, PoolLevel level) {
    return new dev.irqledger.wire.avro.Pool(
        kind,
        null,
        held.armed(),
        kind == PoolKind.CPU_VECTORS ? 0 : held.cached(),
        kind == PoolKind.CPU_VECTORS ? 0 : held.reserved(),
        null,
        level.size(),
        level.peak(),
        Instant.ofEpochMilli(level.peakAtMs()));
  }

  private static List<Holder> holders(List<DeviceRow> devices) {
    return devices.stream()
        .filter(device -> device.counts().allocated() > 0)
        .sorted(Comparator.comparingInt(device -> -device.counts().allocated()))
        .limit(HOLDERS)
        .map(ArchiveLedger::holder)
        .toList();
  }

  private static Holder holder(DeviceRow device) {
    VectorCounts counts = device.counts();
    return new Holder(
        device.key().bdf().text(), null, counts.armed(), counts.cached(), counts.reserved());
  }

  @Override
  public LedgerStream follow(@Nullable String host, @Nullable String after) {
    throw new QueryException(Kind.NOT_FOUND, "an archive does not go on: there is no stream of it");
  }

  @Override
  public void close() {
    past.close();
  }
}
