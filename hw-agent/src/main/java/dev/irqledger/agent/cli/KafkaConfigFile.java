package dev.irqledger.agent.cli;

import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.SettingRefused;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the file that {@code --kafka-config} names. */
final class KafkaConfigFile implements ITypeConverter<ClientSettings> {
  @Override
  public ClientSettings convert(String file) {
    try {
      return ClientSettings.named(file);
    } catch (SettingRefused e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
