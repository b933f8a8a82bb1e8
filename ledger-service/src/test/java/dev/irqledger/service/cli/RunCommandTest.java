package dev.irqledger.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RunCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ServiceCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void a_broker_that_does_not_answer_is_named_in_one_line_with_the_remedy(@TempDir Path folder)
      throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }

    int code =
        run("run", "-b", "127.0.0.1:" + port, "--state-dir", folder.toString(), "--timeout", "1");

    assertEquals(3, code);
    assertEquals(
        "irq-ledger: no broker answers at 127.0.0.1:"
            + port
            + " (asking for the topics): start Kafka there, or correct --bootstrap-server\n",
        err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void an_address_that_is_none_is_an_unreachable_broker(@TempDir Path folder) {
    assertEquals(3, run("run", "-b", "no-such-host.invalid:1", "--state-dir", folder.toString()));
    assertTrue(err.toString().contains("correct --bootstrap-server"), err::toString);
  }

  @Test
  void a_state_directory_that_cannot_be_made_is_named(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    assertEquals(6, run("run", "--state-dir", file.resolve("state").toString()));
    assertTrue(err.toString().contains("choose another --state-dir"), err::toString);
  }

  @Test
  void numbers_out_of_range_are_wrong_usage() {
    assertEquals(2, run("run", "--partitions", "0"));
    assertTrue(err.toString().startsWith("--partitions: at least 1"), err::toString);
    assertEquals(2, run("run", "--application-id", "a/b"));
    assertEquals(2, run("run", "--replication-factor", "0"));
  }

  @Test
  void what_http_cannot_use_is_wrong_usage_and_secrets_are_not_shown(@TempDir Path folder)
      throws IOException {
    assertEquals(2, run("run", "--http-listen", "8571"));
    assertEquals(2, run("run", "--http-listen", "127.0.0.1:0"));
    assertEquals(2, run("run", "--http-advertise", "ledger-1"));
    assertEquals(2, run("run", "--http-tls-keystore", "key.p12"));
    assertEquals(2, run("run", "--http-token-file", folder.resolve("none").toString()));
    Path weak = Files.writeString(folder.resolve("token"), "swordfish");
    assertEquals(2, run("run", "--http-token-file", weak.toString()));
    assertFalse(err.toString().contains("swordfish"), err::toString);
  }

  @Test
  void help_tells_the_options_their_defaults_and_the_exit_codes() {
    assertEquals(0, run("run", "--help"));

    String help = out.toString();
    for (String expected :
        new String[] {
          "--bootstrap-server",
          "--state-dir",
          "--application-id",
          "--partitions",
          "--replication-factor",
          "--standby-replicas",
          "--http-listen",
          "127.0.0.1:8571",
          "localhost:9092",
          "Exit codes:",
          "no broker answers"
        }) {
      assertTrue(help.contains(expected), expected);
    }
  }

  @Test
  void the_configuration_is_printed_with_its_sources_and_nothing_is_started(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("service.properties"), "threads=3\n");

    assertEquals(0, run("run", "--config", file.toString(), "--partitions=5", "--print-config"));

    String printed = out.toString();
    assertTrue(printed.lines().anyMatch(line -> line.matches("threads +3 +\\Q" + file + "\\E")));
    assertTrue(printed.lines().anyMatch(line -> line.matches("partitions +5 +command line")));
    assertTrue(printed.lines().anyMatch(line -> line.matches("standby-replicas +1 +default")));
    assertEquals("", err.toString());
  }
}
