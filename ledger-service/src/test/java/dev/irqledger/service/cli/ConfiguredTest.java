package dev.irqledger.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.service.cli.Configured.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

final class ConfiguredTest {
  @TempDir private Path folder;

  private Path file(String... lines) {
    try {
      return Files.write(folder.resolve("service.properties"), List.of(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Value> values(
      Path file, Map<String, String> environment, String... said) {
    CommandLine command = new CommandLine(new RunOptions());
    command.parseArgs(said);
    Map<String, Value> values = new TreeMap<>();
    Configured.of(command, new RunOptions(), file, environment)
        .values()
        .forEach(value -> values.put(value.key(), value));
    return values;
  }

  private static ParameterException refused(
      Path file, Map<String, String> environment, String... said) {
    return assertThrows(ParameterException.class, () -> values(file, environment, said));
  }

  static Stream<OptionSpec> everyOption() {
    return CommandSpec.forAnnotatedObject(new RunOptions()).options().stream()
        .filter(option -> !Configuration.key(option).equals("kafka-config"))
        .filter(option -> !option.type().isEnum());
  }

  private static String value(OptionSpec option, int n) {
    return option.type() == int.class || option.type() == Integer.class ? "1" + n : "v" + n;
  }

  @ParameterizedTest
  @MethodSource("everyOption")
  void the_command_line_wins_over_the_environment_that_over_the_file_that_over_the_default(
      OptionSpec option) {
    String key = Configuration.key(option);
    Path file = file(key + " = " + value(option, 1));
    Map<String, String> environment = Map.of(Configuration.variable(option), value(option, 2));
    String flag = "--" + key + "=" + value(option, 3);

    assertEquals("default", values(null, Map.of()).get(key).from());
    assertEquals(
        new Value(key, value(option, 1), file.toString()), values(file, Map.of()).get(key));
    assertEquals(
        new Value(key, value(option, 2), Configuration.variable(option)),
        values(file, environment).get(key));
    assertEquals(
        new Value(key, value(option, 3), "command line"), values(file, environment, flag).get(key));
  }

  @Test
  void an_option_is_known_by_its_short_name_too() {
    assertEquals(
        new Value("bootstrap-server", "k:1", "command line"),
        values(file("bootstrap-server=k:2"), Map.of(), "-b", "k:1").get("bootstrap-server"));
  }

  @Test
  void an_unknown_key_of_the_file_is_an_error_that_names_the_nearest() {
    String message = refused(file("thread=2"), Map.of()).getMessage();

    assertTrue(message.endsWith("has no use for 'thread': did you mean threads?"), message);
  }

  @Test
  void a_value_that_cannot_be_is_told_with_the_place_where_it_stands() {
    Path file = file("threads=many");

    assertTrue(refused(file, Map.of()).getMessage().endsWith("(from " + file + ")"));
    assertTrue(
        refused(null, Map.of("IRQ_LEDGER_THREADS", "many"))
            .getMessage()
            .endsWith("(from IRQ_LEDGER_THREADS)"));
  }

  @Test
  void a_missing_file_is_told() {
    Path missing = folder.resolve("missing");

    assertEquals("--config: there is no file " + missing, refused(missing, Map.of()).getMessage());
  }

  @Test
  void an_empty_variable_says_nothing_and_blanks_around_a_value_are_none_of_it() {
    assertEquals(
        "3",
        values(file("threads = 3  "), Map.of("IRQ_LEDGER_THREADS", "")).get("threads").value());
  }

  @Test
  void settings_of_kafka_are_listed_with_their_file_and_their_secrets_hidden() throws IOException {
    Path kafka =
        Files.writeString(
            folder.resolve("kafka.properties"),
            "security.protocol=SSL\nssl.keystore.password=hush\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("IRQ_LEDGER_KAFKA_CONFIG", kafka.toString());

    List<Value> values = new ArrayList<>(values(null, environment).values());

    assertTrue(
        values.contains(
            new Value("kafka-config: security.protocol", "SSL", "IRQ_LEDGER_KAFKA_CONFIG")),
        values::toString);
    assertTrue(
        values.contains(
            new Value(
                "kafka-config: ssl.keystore.password", "(hidden)", "IRQ_LEDGER_KAFKA_CONFIG")),
        values::toString);
    assertFalse(values.toString().contains("hush"));
  }

  @Test
  void a_setting_of_kafka_that_the_service_relies_on_is_refused_with_the_reason()
      throws IOException {
    Path kafka = Files.writeString(folder.resolve("kafka.properties"), "acks=1\n");

    String message = refused(null, Map.of(), "--kafka-config", kafka.toString()).getMessage();

    assertTrue(message.contains("acks cannot be set: an acknowledged event is on every"), message);
  }
}
