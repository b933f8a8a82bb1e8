package dev.irqledger.cli;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.Replayer;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which past is asked for: of which log, at which point, and of which devices. */
final class PastOptions {
  @Mixin private SourceOptions source = new SourceOptions();
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

  Selection selection() {
    return selection;
  }

  /** As {@link Past#replay}. */
  Image replay(Replayer.Observer observer, PrintWriter err) {
    return new Past(source, selection, err).replay(point, observer);
  }

  /** As {@link Past#replay}, of all that the log has of one device, whatever is selected. */
  Image replayAll(DeviceKey device, Replayer.Observer observer, PrintWriter err) {
    return new Past(source, Selection.of(device), err).replay(Point.LATEST, observer);
  }

  /** Where the log is. */
  SourceOptions source() {
    return source;
  }

  /** As {@link Past#state}. */
  Image state(PrintWriter err) {
    return new Past(source, selection, err).state(point);
  }
}
