package dev.irqledger.wire.topic;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of Kafka's clients that a user adds to those of this project: TLS, SASL, buffers and
 * whatever else Kafka has or will have. What this project relies on is refused.
 *
 * <p>Names are Kafka's own. One that begins with {@code consumer.}, {@code producer.} or {@code
 * admin.} is for such clients alone, as Kafka Streams has it.
 *
 * @param given the values by name; {@link #toString} shows no secret
 */
public record ClientSettings(Map<String, String> given) {
  /** Nothing beside this project's own settings. */
  public static final ClientSettings NONE = new ClientSettings(Map.of());

  private static final String HIDDEN = "(hidden)";

  private static final List<String> PREFIXES =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.");

  /** The kinds of plain clients. */
  public enum Client {
    CONSUMER("consumer.", ConsumerConfig.configDef()),
    PRODUCER("producer.", ProducerConfig.configDef()),
    ADMIN("admin.", AdminClientConfig.configDef());

    private final String prefix;

    @SuppressWarnings("ImmutableEnumChecker") // Kafka hands out a copy, and nobody adds to it.
    private final ConfigDef settings;

    Client(String prefix, ConfigDef settings) {
      this.prefix = prefix;
      this.settings = settings;
    }

    private boolean knows(String name) {
      return settings.names().contains(name);
    }
  }

  /**
   * Takes them as they are.
   *
   * @throws SettingRefused if one of them is not the user's to make, or cannot have its value
   */
  public ClientSettings {
    given = Map.copyOf(given);
    given.keySet().forEach(ClientSettings::refuseFixed);
    given.forEach(ClientSettings::refuseImpossible);
  }

  private static void refuseFixed(String name) {
    String reason = FixedSettings.reason(withoutPrefix(name));
    if (reason != null) {
      throw new SettingRefused(name + " cannot be set: " + reason);
    }
  }

  /**
   * Found here, it is told with its name: a client would fail later, and as if a broker had
   * refused.
   */
  private static void refuseImpossible(String name, String value) {
    String plain = withoutPrefix(name);
    if (plain.endsWith(".location") && !unknown(plain) && isMissing(value)) {
      throw new SettingRefused(name + " cannot be set: there is no file " + value);
    }
    for (Client client : Client.values()) {
      ConfigDef.ConfigKey key = client.settings.configKeys().get(plain);
      if (key != null && !toBeLookedUp(value)) {
        try {
          Object parsed = ConfigDef.parseType(name, value, key.type());
          if (key.validator != null) {
            key.validator.ensureValid(name, parsed);
          }
        } catch (ConfigException e) {
          throw new SettingRefused(
              secret(plain) ? name + " has no possible value" : String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static boolean isMissing(String file) {
    // Unlike a Path, a File may have a name that no file can have.
    return !toBeLookedUp(file) && !new File(file).exists();
  }

  /** Kafka's own providers of configuration put something else in its place (KIP-297). */
  private static boolean toBeLookedUp(String value) {
    return value.contains("${");
  }

  /**
   * Reads a file of the form that Kafka's own tools take with {@code --command-config}: Java
   * properties, in UTF-8.
   *
   * @throws IOException if it cannot be read, or is no such file
   * @throws SettingRefused if a setting in it is not the user's to make
   */
  public static ClientSettings read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("no properties file: " + e.getMessage(), e);
    }
    Map<String, String> given = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> given.put(key, properties.getProperty(key)));
    return new ClientSettings(given);
  }

  /**
   * As {@link #read}, for whoever named the file and is told of all that is wrong with it alike.
   *
   * @throws SettingRefused if there is no such file, it cannot be read, or a setting in it is not
   *     the user's to make; the message names the file
   */
  public static ClientSettings named(String file) {
    try {
      return read(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new SettingRefused("there is no file " + file, e);
    } catch (IOException e) {
      throw new SettingRefused(file + " cannot be read: " + e.getMessage(), e);
    } catch (SettingRefused e) {
      throw new SettingRefused(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * What such a client gets: the settings of its kind, those that no kind knows (its plug-ins may),
   * and those with its prefix, which win.
   */
  public Map<String, String> of(Client client) {
    Map<String, String> settings = new HashMap<>();
    given.forEach((name, value) -> {
      if (withoutPrefix(name).equals(name) && (client.knows(name) || unknown(name))) {
        settings.put(name, value);
      }
    });
    given.forEach((name, value) -> {
      if (name.startsWith(client.prefix)) {
        settings.put(withoutPrefix(name), value);
      }
    });
    return settings;
  }

  /**
   * Adds them to the settings of Kafka Streams, where they win over those that are there: one
   * without a prefix also over the same one with any.
   */
  public void addToStreams(Map<String, Object> settings) {
    given.keySet().forEach(name -> PREFIXES.forEach(prefix -> settings.remove(prefix + name)));
    settings.putAll(given);
  }

  /**
   * The settings as they may be printed: a value is shown only where Kafka knows the setting, and
   * does not take it for a secret.
   */
  public SortedMap<String, String> shown() {
    SortedMap<String, String> shown = new TreeMap<>();
    given.forEach((name, value) -> shown.put(name, secret(withoutPrefix(name)) ? HIDDEN : value));
    return shown;
  }

  private static boolean unknown(String name) {
    for (Client client : Client.values()) {
      if (client.knows(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean secret(String name) {
    for (Client client : Client.values()) {
      ConfigDef.ConfigKey key = client.settings.configKeys().get(name);
      if (key != null && key.type() == ConfigDef.Type.PASSWORD) {
        return true;
      }
    }
    return unknown(name);
  }

  private static String withoutPrefix(String name) {
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return name.substring(prefix.length());
      }
    }
    return name;
  }

  @Override
  public String toString() {
    return "ClientSettings" + shown();
  }
}
