package dev.irqledger.cli;

import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.TopicLookups;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the log is. */
public final class LogOptions {
  @Mixin private BrokerOption broker = new BrokerOption();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for a broker's answer (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 10;

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A codec that looks up in the same cluster what it needs. */
  EventCodec codec() {
    return TopicLookups.of(broker.bootstrapServers(), broker.kafka()).codec();
  }

  /**
   * The cluster that is meant.
   *
   * @throws ReplayException if the timeout is out of its range
   */
  public Cluster cluster() {
    if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
      throw new ReplayException(
          ReplayException.Kind.WRONG_USE, "--timeout is 1 to 3600 seconds, not " + timeoutSeconds);
    }
    return new Cluster(
        broker.bootstrapServers(), Duration.ofSeconds(timeoutSeconds), broker.kafka());
  }

  /**
   * The log's events.
   *
   * @throws ReplayException if the settings name no broker that can be looked up
   */
  public LogSource open() {
    int timeoutMs = cluster().patienceMs();
    Map<String, Object> settings =
        new HashMap<>(ConsumerSettings.readCommitted(broker.bootstrapServers(), broker.kafka()));
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
    return KafkaLogSource.open(settings, Topic.EVENTS.topicName());
  }
}
