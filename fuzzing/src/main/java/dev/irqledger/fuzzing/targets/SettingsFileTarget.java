package dev.irqledger.fuzzing.targets;

import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.ClientSettings.Client;
import dev.irqledger.wire.topic.SettingRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files with settings of Kafka's clients. They are taken, and hold for every kind of client, or
 * refused with {@link SettingRefused} in words; a password is never shown.
 */
final class SettingsFileTarget implements Target {
  private static final String SECRET = "hunter2-hunter2";

  private final Scratch scratch = new Scratch();
  private final Path file = scratch.path().resolve("client.properties");

  @Override
  public void check(byte[] input) throws IOException {
    Files.write(file, input);
    try {
      ClientSettings settings = ClientSettings.named(file.toString());
      for (Client client : Client.values()) {
        Broken.unless(settings.of(client) != null, "a client has settings");
      }
      Broken.unless(
          !settings.shown().getOrDefault("ssl.key.password", "").contains(SECRET),
          "a password is not shown");
    } catch (SettingRefused e) {
      Broken.unless(e.getMessage() != null, "an error says what is wrong");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "security.protocol=SSL\nssl.key.password=" + SECRET + "\n",
            "sasl.mechanism=SCRAM-SHA-512\nproducer.linger.ms=5\nsecurity.protocol: SASL_SSL\n",
            "ssl.truststore.location=/etc/passwd\nclient.id = a\\u0041\\\n b\n")
        .map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of(
        "security.protocol=",
        "SASL_SSL",
        "ssl.keystore.location=",
        "ssl.key.password=",
        "bootstrap.servers=",
        "producer.",
        "consumer.",
        "admin.",
        "acks=",
        "\\u0000",
        "${file:");
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
