package dev.irqledger.cli;

import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.wire.EventCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the log is read from: Kafka, or an archive. */
final class SourceOptions {
  @Mixin private LogOptions kafka = new LogOptions();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "Read that archive ('replay archive pull' makes one) in the place of Kafka.")
  private @Nullable Path archive;

  @Option(
      names = "--stats",
      description = "Say on standard error how many events were folded, and what was read for it.")
  private boolean stats;

  /** What is made of a log that is open. */
  @FunctionalInterface
  interface Reading {
    Image of(LogSource source, EventCodec codec);
  }

  boolean isArchive() {
    return archive != null;
  }

  LogOptions kafka() {
    return kafka;
  }

  /**
   * Opens the log, reads it and closes it.
   *
   * @param err is told what it took, if that was asked for
   * @throws dev.irqledger.replay.ReplayException if it cannot be read
   */
  Image read(Reading reading, PrintWriter err) {
    return use((source, codec) -> {
      Image image = reading.of(source, codec);
      say(image, source, err);
      return image;
    });
  }

  /**
   * Opens the log for as long as somebody asks it, and closes it.
   *
   * @throws dev.irqledger.replay.ReplayException if it cannot be read
   */
  <T> T use(BiFunction<LogSource, EventCodec, T> user) {
    Path directory = archive;
    if (directory == null) {
      try (LogSource source = kafka.open()) {
        return user.apply(source, kafka.codec());
      }
    }
    try (ArchiveLogSource source = ArchiveLogSource.open(directory)) {
      return user.apply(source, source.lookups().codec());
    }
  }

  private void say(Image image, LogSource source, PrintWriter err) {
    if (stats) {
      String more =
          source instanceof ArchiveLogSource opened
              ? ", " + opened.bytesRead() + " bytes read of the archive"
              : "";
      err.println("irq-ledger: " + image.events() + " events folded" + more);
    }
  }
}
