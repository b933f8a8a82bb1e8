package dev.irqledger.service.cli;

import dev.irqledger.wire.topic.ClientSettings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Options with the values that hold: the command line's, else the environment's, else the file's,
 * else the defaults.
 *
 * <p>Picocli applies defaults before it reads the command line, and so before it knows which file
 * is meant: what the command line said is therefore parsed once more, this time with the file.
 *
 * @param options the object whose fields hold the values
 */
record Configured<T>(T options, CommandLine parsed, Configuration configuration) {
  private static final Pattern SECRET = Pattern.compile(".*(token|password|secret)");

  /**
   * A value that holds, and who said so.
   *
   * @param value hidden where it is a secret
   */
  record Value(String key, String value, String from) {}

  /**
   * Fills in options.
   *
   * @param command what was said on the command line
   * @param options a fresh object with options, all of which the command has too
   * @throws ParameterException if the file or a value cannot be used; names where it stands
   */
  static <T> Configured<T> of(
      CommandLine command, T options, @Nullable Path file, Map<String, String> environment) {
    Configuration configuration = configuration(command, file, environment);
    CommandLine parsed =
        new CommandLine(options)
            .setDefaultValueProvider(configuration)
            .setCaseInsensitiveEnumValuesAllowed(true);
    try {
      parsed.parseArgs(said(command.getParseResult(), parsed));
    } catch (ParameterException e) {
      throw new ParameterException(command, e.getMessage() + from(e, configuration), e);
    }
    return new Configured<>(options, parsed, configuration);
  }

  private static Configuration configuration(
      CommandLine command, @Nullable Path file, Map<String, String> environment) {
    try {
      return Configuration.of(environment, file);
    } catch (NoSuchFileException e) {
      throw new ParameterException(command, "--config: there is no file " + file, e);
    } catch (IOException e) {
      throw new ParameterException(
          command, "--config: " + file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--config: " + e.getMessage(), e);
    }
  }

  private static String[] said(ParseResult flags, CommandLine known) {
    List<String> said = new ArrayList<>();
    for (OptionSpec option : flags.matchedOptions()) {
      String name = option.longestName();
      if (known.getCommandSpec().findOption(name) == null) {
        continue;
      }
      if (option.arity().max() == 0) {
        said.add(name);
      } else {
        option.originalStringValues().forEach(value -> said.add(name + "=" + value));
      }
    }
    return said.toArray(String[]::new);
  }

  private static String from(ParameterException e, Configuration configuration) {
    return e.getArgSpec() instanceof OptionSpec option
        ? " (from " + configuration.origin(option) + ")"
        : "";
  }

  /** All values that hold, each with its origin. */
  List<Value> values() {
    List<Value> values = new ArrayList<>();
    for (OptionSpec option : parsed.getCommandSpec().options()) {
      String from =
          parsed.getParseResult().hasMatchedOption(option)
              ? "command line"
              : configuration.origin(option);
      String key = Configuration.key(option);
      Object value = option.getValue();
      if (value instanceof ClientSettings kafka) {
        kafka
            .shown()
            .forEach((name, shown) -> values.add(new Value(key + ": " + name, shown, from)));
      } else if (value != null) {
        boolean secret = SECRET.matcher(key).matches();
        values.add(new Value(key, secret ? "(hidden)" : value.toString(), from));
      } else {
        values.add(new Value(key, "(not set)", from));
      }
    }
    return List.copyOf(values);
  }
}
