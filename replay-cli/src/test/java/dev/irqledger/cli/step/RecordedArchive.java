package dev.irqledger.cli.step;

import dev.irqledger.cli.ExhaustedHost;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.replay.step.Cursor;
import dev.irqledger.replay.step.DeviceHistory;
import dev.irqledger.wire.EventCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** A recorded run in an archive of its own, in which one device takes all vectors of its host. */
record RecordedArchive(Path directory) {
  static final DeviceKey DEVICE = DeviceKey.parse("hv-1/0000:01:00.0");
  private static final EventCodec CODEC = EventCodec.releasedOnly();

  static RecordedArchive in(Path folder) throws IOException {
    return new RecordedArchive(ExhaustedHost.in(folder).archive());
  }

  LogSource open() {
    return ArchiveLogSource.open(directory);
  }

  /** A session that begins at that event. */
  static Session session(LogSource log, int index) {
    PointResolver points = new PointResolver(log, CODEC, InstantSource.system());
    DeviceHistory history =
        DeviceHistory.read(log, CODEC, DEVICE, points.resolve(Point.LATEST, DEVICE.host()));
    return new Session(new Cursor(history, index), new Place(history, points), "");
  }
}
