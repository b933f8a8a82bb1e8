package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * The past of a log.
 *
 * @param source where it is
 * @param selection which devices are asked about
 * @param err is told what a user should know of how the answer came to be
 */
record Past(SourceOptions source, Selection selection, PrintWriter err) {
  /**
   * Folds the log up to the point, from its beginning on.
   *
   * @throws dev.irqledger.replay.ReplayException if that cannot be done, or nothing is there of
   *     what was asked for by name
   */
  Image replay(Point point, Replayer.Observer observer) {
    Image image =
        image(
            point,
            (log, resolved, replayer) -> {
              Predicate<Integer> partitions = selection.partitions(resolved.partitions());
              tellOfPruning(log, partitions);
              return replayer.replay(resolved, selection.devices(), partitions, observer);
            });
    selection.requireFound(image);
    return image;
  }

  /**
   * The states at the point, from a checkpoint on where there is one.
   *
   * @throws dev.irqledger.replay.ReplayException as {@link #replay}
   */
  Image state(Point point) {
    Image image = stateOrNothing(point);
    selection.requireFound(image);
    return image;
  }

  /** As {@link #state}, where what was asked for by name need not be there yet. */
  Image stateOrNothing(Point point) {
    return image(
        point,
        (_, resolved, replayer) ->
            replayer.state(
                resolved, selection.devices(), selection.partitions(resolved.partitions())));
  }

  @FunctionalInterface
  private interface Fold {
    Image of(LogSource log, ResolvedPoint resolved, Replayer replayer);
  }

  private Image image(Point point, Fold fold) {
    selection.requireConsistent();
    return source.read(
        (log, codec) ->
            fold.of(
                log,
                new PointResolver(log, codec, InstantSource.system())
                    .resolve(point, selection.host()),
                new Replayer(log, codec, Runtime.getRuntime().availableProcessors())),
        err);
  }

  private void tellOfPruning(LogSource log, Predicate<Integer> partitions) {
    log.ranges()
        .forEach((partition, range) -> {
          boolean pruned = log.checkpoints().latest(partition, range.begin() - 1) != null;
          if (range.isCut() && pruned && partitions.test(partition)) {
            err.println(
                "irq-ledger: partition "
                    + partition
                    + " of the archive begins at offset "
                    + range.begin()
                    + ": what came before was pruned");
          }
        });
  }
}
