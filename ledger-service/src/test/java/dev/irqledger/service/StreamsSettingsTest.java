package dev.irqledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.wire.topic.ClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

final class StreamsSettingsTest {
  private static StreamsConfig config(ServiceSettings settings) {
    return new StreamsConfig(StreamsSettings.of(settings, 3));
  }

  @Test
  void streams_takes_the_settings_and_they_are_what_the_service_relies_on() {
    StreamsConfig config = config(ServiceSettings.of("localhost:9092", Path.of("state")));

    assertEquals("irq-ledger", config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
    assertEquals("exactly_once_v2", config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    assertEquals("classic", config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG));
    assertEquals(1, config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG));
    assertEquals(100, config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
    assertEquals(3, config.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG));
    assertTrue(Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG)).isAbsolute());
  }

  @Test
  void a_dead_instance_is_noticed_in_ten_seconds() {
    Map<String, Object> consumer =
        config(ServiceSettings.of("localhost:9092", Path.of("state")))
            .getMainConsumerConfigs("group", "client", 0);

    assertEquals(10_000, consumer.get("session.timeout.ms"));
    assertEquals("read_committed", consumer.get("isolation.level"));
  }

  @Test
  void the_pace_can_be_quickened() {
    ServiceSettings quick =
        ServiceSettings.of("localhost:9092", Path.of("state"))
            .withPace(new ServiceSettings.Pace(Duration.ofMillis(10), Duration.ofMillis(20)));

    assertEquals(10, config(quick).getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
  }

  @Test
  void what_the_user_adds_reaches_every_client_and_wins_over_a_prefixed_setting() {
    StreamsConfig config =
        config(
            ServiceSettings.of("localhost:9092", Path.of("state"))
                .withKafka(
                    new ClientSettings(
                        Map.of("security.protocol", "SSL", "session.timeout.ms", "20000"))));

    assertEquals("SSL", config.getAdminConfigs("client").get("security.protocol"));
    assertEquals("SSL", config.getProducerConfigs("client").get("security.protocol"));
    assertEquals("SSL", config.getRestoreConsumerConfigs("client").get("security.protocol"));
    Map<String, Object> consumer = config.getMainConsumerConfigs("group", "client", 0);
    assertEquals("SSL", consumer.get("security.protocol"));
    assertEquals("20000", consumer.get("session.timeout.ms"));
    assertEquals("read_committed", consumer.get("isolation.level"));
  }
}
