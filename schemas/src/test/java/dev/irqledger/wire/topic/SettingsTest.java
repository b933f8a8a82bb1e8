package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void a_producer_accepts_its_settings_and_knows_them_all() {
    Map<String, Object> settings = ProducerSettings.idempotent("localhost:9092");
    ProducerConfig config = new ProducerConfig(settings);
    assertEquals("all", config.getString(ProducerConfig.ACKS_CONFIG).replace("-1", "all"));
    assertTrue(ProducerConfig.configNames().containsAll(settings.keySet()));
  }

  @Test
  void a_consumer_accepts_its_settings_and_knows_them_all() {
    Map<String, Object> settings = ConsumerSettings.readCommitted("localhost:9092");
    ConsumerConfig config = new ConsumerConfig(settings);
    assertEquals("read_committed", config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
    assertTrue(ConsumerConfig.configNames().containsAll(settings.keySet()));
  }
}
