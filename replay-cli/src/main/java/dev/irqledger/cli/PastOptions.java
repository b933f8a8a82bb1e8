package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.wire.EventCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which past is asked for: of which log, at which point, and of which devices. */
final class PastOptions {
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--at",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = {
        "Up to that point (default: ${DEFAULT-VALUE}): latest, earliest,"
            + " time:2026-11-22T14:34:12Z, host-time:..., offset:0@41,1@-1 or event:UUID.",
        "With a host, only its partition's offset is needed."
      })
  private Point point = Point.LATEST;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "Read that archive ('replay archive pull' makes one) in the place of Kafka.")
  private @Nullable Path archive;

  @Option(
      names = "--stats",
      description = "Say on standard error how many events were folded, and what was read for it.")
  private boolean stats;

  Selection selection() {
    return selection;
  }

  /**
   * Folds the log up to the point, from its beginning on.
   *
   * @param err is told where an archive was pruned, and a history begins late
   * @throws dev.irqledger.replay.ReplayException if that cannot be done, or nothing is there of
   *     what was asked for by name
   */
  Image replay(Replayer.Observer observer, PrintWriter err) {
    return image(
        err,
        (source, resolved, replayer) -> {
          IntPredicate read = partitions(resolved);
          source
              .ranges()
              .forEach((partition, range) -> {
                boolean pruned = source.checkpoints().latest(partition, range.begin() - 1) != null;
                if (range.isCut() && pruned && read.test(partition)) {
                  err.println(
                      "irq-ledger: partition "
                          + partition
                          + " of the archive begins at offset "
                          + range.begin()
                          + ": what came before was pruned");
                }
              });
          return replayer.replay(resolved, selection.devices(), read::test, observer);
        });
  }

  /**
   * The states at the point, from a checkpoint on where there is one.
   *
   * @param err is told what it took, if that was asked for
   * @throws dev.irqledger.replay.ReplayException as {@link #replay}
   */
  Image state(PrintWriter err) {
    return image(
        err,
        (_, resolved, replayer) ->
            replayer.state(resolved, selection.devices(), partitions(resolved)::test));
  }

  private IntPredicate partitions(ResolvedPoint resolved) {
    return selection.partitions(resolved.partitions())::test;
  }

  private interface Fold {
    Image of(LogSource source, ResolvedPoint resolved, Replayer replayer);
  }

  private Image image(PrintWriter err, Fold fold) {
    selection.requireConsistent();
    Path directory = archive;
    if (directory == null) {
      try (LogSource source = log.open()) {
        Image image = image(source, log.codec(), fold);
        say(image, "", err);
        return image;
      }
    }
    try (ArchiveLogSource source = ArchiveLogSource.open(directory)) {
      Image image = image(source, new EventCodec(source.schemas()), fold);
      say(image, ", " + source.bytesRead() + " bytes read of the archive", err);
      return image;
    }
  }

  private void say(Image image, String more, PrintWriter err) {
    if (stats) {
      err.println("irq-ledger: " + image.events() + " events folded" + more);
    }
  }

  private Image image(LogSource source, EventCodec codec, Fold fold) {
    ResolvedPoint resolved =
        new PointResolver(source, codec, InstantSource.system()).resolve(point, selection.host());
    Image image = fold.of(source, resolved, new Replayer(source, codec));
    selection.requireFound(image);
    return image;
  }
}
