package dev.irqledger.cli.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line is told before anything is sent. */
class CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "send open|name the device",
        "send -d 0000:01:00.0 open|name the host too",
        "send -d hv-1/0000:01:00 open|not a PCI address",
        "send --host hv-2 -d hv-1/0000:01:00.0 open|--host says hv-2",
        "send --host h! -d 0000:01:00.0 open|not a host name",
        "send -d hv-1/0000:01:00.0|name what is to be done",
        "send -d hv-1/0000:01:00.0 -f x open|not both",
        "send -d hv-1/0000:01:00.0 set 2 0|in quotes",
        "send -d hv-1/0000:01:00.0 open --expires soon|not a duration",
        "send -d hv-1/0000:01:00.0 open --expected-epoch 0|--expected-epoch is 1 or more",
        "send -d hv-1/0000:01:00.0 open --expected-epoch 1 --expected-sequence 0"
            + "|--expected-sequence is 1 or more",
        "send -d hv-1/0000:01:00.0 open --expected-sequence 2|needs --expected-epoch",
        "send -d hv-1/0000:01:00.0 open --timeout 0s|--timeout is more than 0",
        "ls --limit 0|--limit is 1 to 10000",
        "ls --host h!|not a host name",
        "ls -d x|not a PCI address",
      })
  void wrong_use_of_command_is_told(String arguments, String said) {
    CommandLineRun run = CommandLineRun.of(new CommandGroup(), arguments.split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(said), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set --host hv-1|name what is to be set",
        "set --idle-limit 1h|--host",
        "set --host h! --idle-limit 1h|not a host name",
        "set --host hv-1 --budget vm:a:armed=1 --budget vm:a:armed=2|twice",
        "set --host hv-1 --idle-limit 0s|whole seconds",
        "get|--host",
        "rm --host x/y|not a host name"
      })
  void wrong_use_of_policy_is_told(String arguments, String said) {
    CommandLineRun run = CommandLineRun.of(new PolicyGroup(), arguments.split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(said), run.err());
  }

  @Test
  void a_name_that_is_too_long_or_cannot_be_printed_is_not_sent() {
    for (String by : new String[] {"x".repeat(201), "a\u001b[31m"}) {
      CommandLineRun run =
          CommandLineRun.of(
              new CommandGroup(), "send", "-d", "hv-1/0000:01:00.0", "open", "--by", by);
      assertEquals(2, run.code(), run.err());
      assertTrue(run.err().contains("--by has"), run.err());
    }
  }

  @Test
  void a_dry_run_needs_no_broker_and_shows_the_operation_as_it_is_sent() {
    CommandLineRun run =
        CommandLineRun.of(
            new CommandGroup(),
            "send",
            "-d",
            "hv-1/0000:01:00.0",
            " set  2 0 1 eventfd trigger e0",
            "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().startsWith("hv-1/0000:01:00.0  set 2 0 1 eventfd trigger e0\n"), run.out());
  }
}
