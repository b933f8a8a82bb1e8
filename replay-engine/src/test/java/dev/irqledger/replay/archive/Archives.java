package dev.irqledger.replay.archive;

import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Lookups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the tests do with archives. */
final class Archives {
  /** Small, so that a few records make many files. */
  static final Limits SMALL = new Limits(20, 1 << 20);

  static final long EVERY = 8;

  /** Waits for no disk: no test loses power. */
  static final Disk QUICK =
      new Disk() {
        @Override
        public void force(Path fileOrDirectory) {}
      };

  private Archives() {}

  static Path pull(LogSource log, Path directory) {
    return pull(QUICK, log, directory);
  }

  /** Makes an archive of the log, or goes on with the one that is there. */
  static Path pull(Disk disk, LogSource log, Path directory) {
    return pull(disk, log, Lookups.releasedOnly(), directory);
  }

  static Path pull(LogSource log, Lookups lookups, Path directory) {
    return pull(QUICK, log, lookups, directory);
  }

  private static Path pull(Disk disk, LogSource log, Lookups lookups, Path directory) {
    try (ArchiveWriter writer = writer(disk, log, lookups, directory)) {
      var _ = new Pull(log, writer, log.ranges()).run((_, _) -> {});
    }
    return directory;
  }

  private static ArchiveWriter writer(Disk disk, LogSource log, Lookups lookups, Path directory) {
    return ArchiveWriter.exists(directory)
        ? ArchiveWriter.open(disk, SMALL, directory, lookups)
        : ArchiveWriter.create(
            disk,
            SMALL,
            directory,
            lookups,
            Manifest.empty("irq.events", EVERY, log.ranges().size()));
  }

  /** All records that a source holds, as text: equal texts, equal records. */
  static List<String> records(LogSource source) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    source.ranges().forEach((partition, range) -> last.put(partition, range.end() - 1));
    List<String> records = new ArrayList<>();
    source.read(last, record -> records.add(text(record)));
    return records.stream().sorted().toList();
  }

  static String text(LogRecord record) {
    StringBuilder text =
        new StringBuilder(
            "%02d@%06d %d %s=%s"
                .formatted(
                    record.partition(),
                    record.offset(),
                    record.logTimeMillis(),
                    hex(record.key()),
                    hex(record.value())));
    record
        .headers()
        .forEach(h -> text.append(' ').append(h.key()).append(':').append(hex(h.value())));
    return text.toString();
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  /** Everything that an image says, but how many events it took. */
  static String text(Image image) {
    return image.point()
        + " "
        + image.logTimeMillis()
        + " "
        + image.unreadable().count()
        + " "
        + image.devices();
  }

  static Image state(LogSource source, ResolvedPoint point, Devices devices) {
    return new Replayer(source, EventCodec.releasedOnly()).state(point, devices, _ -> true);
  }

  static List<String> problems(Path directory) {
    return ArchiveCheck.run(directory, (_, _) -> {}).findings().stream()
        .map(ArchiveCheck.Finding::line)
        .toList();
  }
}
