package dev.irqledger.launch;

import dev.irqledger.wire.topic.ClientSettings;

/** Reads the file that {@code --kafka-config} names. */
public final class KafkaConfigFile extends TextConverter<ClientSettings> {
  public KafkaConfigFile() {
    super(ClientSettings::named);
  }
}
