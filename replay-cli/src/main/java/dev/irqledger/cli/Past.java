package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;

/**
 * The past of a log.
 *
 * @param log where it is
 * @param selection which devices are asked about
 */
record Past(LogOptions log, Selection selection) {
  /**
   * Folds the log up to the point.
   *
   * @throws dev.irqledger.replay.ReplayException if that cannot be done, or nothing is there of
   *     what was asked for by name
   */
  Image replay(Point point, Replayer.Observer observer) {
    Image image = replayOrNothing(point, observer);
    selection.requireFound(image);
    return image;
  }

  /** As {@link #replay}, where what was asked for by name need not be there yet. */
  Image replayOrNothing(Point point, Replayer.Observer observer) {
    selection.requireConsistent();
    try (LogSource source = log.open()) {
      EventCodec codec = log.codec();
      ResolvedPoint resolved =
          new PointResolver(source, codec, InstantSource.system()).resolve(point, selection.host());
      return new Replayer(source, codec)
          .replay(
              resolved, selection.devices(), selection.partitions(resolved.partitions()), observer);
    }
  }
}
