package dev.irqledger.service.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.PropertiesDefaultProvider;

/**
 * What options are where the command line does not say: the environment's word, else the file's.
 * What neither names keeps the option's own default.
 */
final class Configuration implements IDefaultValueProvider {
  private static final String ENVIRONMENT = "IRQ_LEDGER_";

  private final Map<String, String> environment;
  private final @Nullable Path file;
  private final Properties values;
  private final PropertiesDefaultProvider fromFile;

  private Configuration(Map<String, String> environment, @Nullable Path file, Properties values) {
    this.environment = environment;
    this.file = file;
    this.values = values;
    this.fromFile = new PropertiesDefaultProvider(values);
  }

  /**
   * The configuration by that environment and file.
   *
   * @param file Java properties in UTF-8, called as the long options without their dashes; null for
   *     none
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no such file, or has a key that is no option's
   */
  static Configuration of(Map<String, String> environment, @Nullable Path file) throws IOException {
    Properties values = new Properties();
    if (file != null) {
      try (Reader text = Files.newBufferedReader(file)) {
        values.load(text);
      }
      // A blank at the end of a line is seen by nobody, and would make "2 " no number.
      values.replaceAll((_, value) -> value.toString().strip());
      SortedSet<String> known = keys();
      for (String key : new TreeSet<>(values.stringPropertyNames())) {
        if (!known.contains(key)) {
          throw new IllegalArgumentException(
              file + " has no use for '" + key + "': did you mean " + Nearest.to(key, known) + "?");
        }
      }
    }
    return new Configuration(environment, file, values);
  }

  /** All keys: one file serves every command, so that they agree about the instance they mean. */
  static SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>();
    CommandSpec.forAnnotatedObject(new RunOptions())
        .options()
        .forEach(option -> keys.add(key(option)));
    return keys;
  }

  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }

  static String variable(OptionSpec option) {
    return ENVIRONMENT + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) throws Exception {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String said = fromEnvironment(option);
    return said == null ? fromFile.defaultValue(option) : said;
  }

  /** An empty variable says nothing: so containers spell one that is not set. */
  private @Nullable String fromEnvironment(OptionSpec option) {
    String said = environment.get(variable(option));
    return said == null || said.isBlank() ? null : said.strip();
  }

  /** Where the option's value is from if the command line does not name it. */
  String origin(OptionSpec option) {
    if (fromEnvironment(option) != null) {
      return variable(option);
    }
    return file != null && values.containsKey(key(option)) ? file.toString() : "default";
  }
}
