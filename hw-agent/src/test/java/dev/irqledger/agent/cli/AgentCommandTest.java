package dev.irqledger.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AgentCommandTest {
  /** Nothing listens on the port of the protocol that discards. */
  private static final String NOBODY = "localhost:9";

  private static final String RUN =
      "run --backend modelled --host h --device 0000:01:00.0 --timeout 1 --bootstrap-server "
          + NOBODY;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int execute(String line, String... more) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    if (words.contains("--backend")) {
      words.addAll(List.of("--state-dir", folder.resolve("state").toString()));
    }
    words.addAll(List.of(more));
    return new CommandLine(new AgentCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("some.ops"), text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "run --help",
        "serve --help",
        "watch --help",
        "reconcile --help",
        "status --help"
      })
  void help_has_examples_and_goes_to_standard_output(String line) {
    assertEquals(ExitCode.OK, execute(line));
    assertTrue(out.toString().contains("irq-ledger agent "), out::toString);
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run x                                       | Missing required options
          --backend modelled                          | Unknown option
          run --backend real x                        | there is no backend 'real'
          run --device 01:00 x                        | not a device: '01:00'
          run --device 0000:01:00.0:tape x            | no preset of the name 'tape' (there are nvme
          """)
  void wrong_usage_is_told_in_words(String line, String message) {
    assertEquals(ExitCode.USAGE, execute(line));
    assertTrue(err.toString().contains(message), err::toString);
  }

  @ParameterizedTest
  @CsvSource({"--host,a/b", "--kernel,new", "--cpu-vectors,-1", "--epoch,0", "--partitions,0"})
  void a_value_that_cannot_be_is_wrong_usage(String option, String value) {
    String base = option.equals("--host") ? RUN.replace("--host h ", "") : RUN;
    assertEquals(ExitCode.USAGE, execute(base, option, value, "-"));
    assertFalse(err.toString().contains("\tat "));
  }

  @Test
  void two_devices_at_one_address_are_wrong_usage() {
    assertEquals(
        ExitCode.USAGE, execute(RUN.replace("run ", "serve "), "--device", "0000:01:00.0:edu"));
    assertTrue(err.toString().contains("the host has two devices at 0000:01:00.0"));
  }

  @Test
  void without_a_subcommand_it_says_which_there_are() {
    assertEquals(
        ExitCode.USAGE,
        new CommandLine(new AgentCommand()).setErr(new PrintWriter(err, true)).execute());
    assertTrue(err.toString().startsWith("name what the agent is to do: run, serve, watch"));
  }

  @Test
  void every_bad_line_is_named_and_nothing_is_done() throws IOException {
    String file = file("open\n# fine\nopens\n\nset 2 0 1 eventfd trigger e99\n");
    assertEquals(ExitCode.FAILED, execute(RUN, file));
    List<String> lines = err.toString().lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith(file + ":3: expected open, close, reset"));
    assertTrue(lines.get(1).startsWith(file + ":5: an eventfd's number"));
    assertTrue(lines.get(2).contains("nothing was done"));
    assertEquals("", out.toString());
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    assertEquals(ExitCode.INPUT, execute(RUN, "no/such.ops"));
    assertEquals("irq-ledger: no/such.ops does not exist: check the name\n", err.toString());
    assertEquals(ExitCode.INPUT, execute(RUN, folder.toString()));
  }

  @Test
  void a_broker_that_does_not_answer_is_told_in_one_line() throws IOException {
    assertEquals(ExitCode.UNREACHABLE, execute(RUN, file("open\n")));
    assertEquals(
        "irq-ledger: no broker answers at localhost:9 (asking for the topics): start Kafka there,"
            + " or correct --bootstrap-server\n",
        err.toString());
  }
}
