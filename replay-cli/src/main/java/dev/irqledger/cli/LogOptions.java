package dev.irqledger.cli;

import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.TopicSchemaSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import picocli.CommandLine.Option;

/** Where the log is. */
final class LogOptions {
  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "A Kafka broker, or several with commas (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers = "localhost:9092";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for a broker's answer (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 10;

  String bootstrapServers() {
    return bootstrapServers;
  }

  int timeoutMs() {
    return Math.clamp(timeoutSeconds, 1, 3600) * 1000;
  }

  /** A codec that looks up schemas it does not know in the same cluster. */
  EventCodec codec() {
    return new EventCodec(new SchemaCatalog(TopicSchemaSource.of(bootstrapServers)));
  }

  LogSource open() {
    if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
      throw new ReplayException(
          ReplayException.Kind.WRONG_USE, "--timeout is 1 to 3600 seconds, not " + timeoutSeconds);
    }
    Map<String, Object> settings = new HashMap<>(ConsumerSettings.readCommitted(bootstrapServers));
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs());
    return KafkaLogSource.open(settings, Topic.EVENTS.topicName());
  }
}
