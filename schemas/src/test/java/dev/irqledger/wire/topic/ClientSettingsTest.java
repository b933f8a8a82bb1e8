package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.wire.topic.ClientSettings.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientSettingsTest {
  private static final ClientSettings TLS =
      new ClientSettings(
          Map.of(
              "security.protocol", "SASL_SSL",
              "sasl.jaas.config", "x required password=\"hush\";",
              "max.poll.records", "7",
              "producer.linger.ms", "3",
              "linger.ms", "9",
              "plugin.of.ours.hush", "hush"));

  @Test
  void what_all_clients_know_reaches_all() {
    assertEquals("SASL_SSL", ConsumerSettings.readCommitted("b:1", TLS).get("security.protocol"));
    assertEquals("SASL_SSL", ProducerSettings.idempotent("b:1", TLS).get("security.protocol"));
    assertEquals(
        "SASL_SSL",
        AdminSettings.patient("b:1", Duration.ofSeconds(1), TLS).get("security.protocol"));
  }

  @Test
  void what_one_kind_knows_reaches_that_kind_and_a_prefix_wins() {
    assertEquals("7", TLS.of(Client.CONSUMER).get("max.poll.records"));
    assertNull(TLS.of(Client.PRODUCER).get("max.poll.records"));
    assertEquals("3", TLS.of(Client.PRODUCER).get("linger.ms"));
    assertFalse(TLS.of(Client.ADMIN).containsKey("linger.ms"));
  }

  @Test
  void what_no_client_knows_reaches_all_since_their_plugins_may() {
    for (Client client : Client.values()) {
      assertEquals("hush", TLS.of(client).get("plugin.of.ours.hush"));
    }
  }

  @Test
  void streams_gets_all_and_no_older_prefixed_value_wins_over_it() {
    Map<String, Object> streams =
        new HashMap<>(Map.of("main.consumer.max.poll.records", 1000, "producer.linger.ms", 100));

    TLS.addToStreams(streams);

    assertFalse(streams.containsKey("main.consumer.max.poll.records"));
    assertEquals("7", streams.get("max.poll.records"));
    assertEquals("3", streams.get("producer.linger.ms"));
  }

  @Test
  void secrets_are_never_printed() {
    assertEquals("(hidden)", TLS.shown().get("sasl.jaas.config"));
    assertEquals("(hidden)", TLS.shown().get("plugin.of.ours.hush"));
    assertEquals("SASL_SSL", TLS.shown().get("security.protocol"));
    assertFalse(TLS.toString().contains("hush\""), TLS::toString);
    assertFalse(TLS.toString().contains("=hush"), TLS::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "isolation.level",
        "consumer.isolation.level",
        "main.consumer.isolation.level",
        "enable.idempotence",
        "producer.acks",
        "acks",
        "max.in.flight.requests.per.connection",
        "processing.guarantee",
        "group.protocol",
        "group.id",
        "partitioner.class",
        "auto.offset.reset",
        "value.deserializer",
        "state.dir"
      })
  void what_the_project_relies_on_is_refused_with_a_reason(String name) {
    Map<String, String> given = Map.of(name, "hush");
    SettingRefused refused = assertThrows(SettingRefused.class, () -> new ClientSettings(given));

    assertTrue(refused.getMessage().startsWith(name + " cannot be set: "), refused.getMessage());
    assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void no_file_has_a_name_with_a_zero_in_it() {
    Map<String, String> given = Map.of("ssl.keystore.location", "keys\0.p12");
    assertThrows(SettingRefused.class, () -> new ClientSettings(given));
  }

  @ParameterizedTest
  @CsvSource({
    "max.poll.records, many, max.poll.records",
    "producer.compression.type, fast, compression.type",
    "ssl.keystore.location, /no/such/keys.p12, there is no file /no/such/keys.p12",
  })
  void a_value_that_cannot_be_is_told_with_its_name(String name, String value, String told) {
    Map<String, String> given = Map.of(name, value);
    SettingRefused refused = assertThrows(SettingRefused.class, () -> new ClientSettings(given));

    assertTrue(refused.getMessage().contains(told), refused.getMessage());
  }

  @Test
  void a_value_that_kafka_looks_up_elsewhere_passes() {
    Map<String, String> given = Map.of("max.poll.records", "${env:RECORDS}");

    assertEquals(
        "${env:RECORDS}", new ClientSettings(given).of(Client.CONSUMER).get("max.poll.records"));
  }

  @Test
  void a_file_is_java_properties(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("client.properties"),
            "# TLS\nsecurity.protocol=SSL\nretry.backoff.ms: 5\n");

    assertEquals(
        new ClientSettings(Map.of("security.protocol", "SSL", "retry.backoff.ms", "5")),
        ClientSettings.read(file));
    assertThrows(IOException.class, () -> ClientSettings.read(folder.resolve("missing")));
  }
}
