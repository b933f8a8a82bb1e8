package dev.irqledger.benchmarks;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;

/** A replay of a whole log, on as many threads as there are processors, as the commands do it. */
public final class FullReplay {
  private FullReplay() {}

  /** After the log's last record. */
  public static ResolvedPoint end(LogSource source, EventCodec codec) {
    return at(source, codec, Point.LATEST);
  }

  static ResolvedPoint at(LogSource source, EventCodec codec, Point point) {
    return new PointResolver(source, codec, InstantSource.system()).resolve(point, null);
  }

  /** All devices, from the log's first record on. */
  public static Image of(LogSource source, EventCodec codec) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new Replayer(source, codec, threads).rebuild(end(source, codec), _ -> true, _ -> true);
  }
}
