package dev.irqledger.standalone;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.time.InstantSource;

/** The past of all devices, rebuilt from the log as the CLI does it. */
final class Past implements AutoCloseable {
  private final EventCodec codec = EventCodec.releasedOnly();
  private final LogSource source;

  Past(String bootstrapServers) {
    this.source =
        KafkaLogSource.open(
            ConsumerSettings.readCommitted(bootstrapServers), Topic.EVENTS.topicName());
  }

  Image at(Point point) {
    ResolvedPoint resolved =
        new PointResolver(source, codec, InstantSource.system()).resolve(point, null);
    return new Replayer(source, codec).rebuild(resolved, _ -> true, _ -> true);
  }

  @Override
  public void close() {
    source.close();
  }
}
