package dev.irqledger.agent.cli;

import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.SettingRefused;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the file that {@code --kafka-config} names. */
final class KafkaConfigFile implements ITypeConverter<ClientSettings> {
  @Override
  public ClientSettings convert(String file) {
    try {
      return ClientSettings.read(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new TypeConversionException("there is no file " + file);
    } catch (IOException e) {
      throw new TypeConversionException(file + " cannot be read: " + e.getMessage());
    } catch (SettingRefused e) {
      throw new TypeConversionException(file + ": " + e.getMessage());
    }
  }
}
