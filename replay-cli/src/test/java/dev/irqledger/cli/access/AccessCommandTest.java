package dev.irqledger.cli.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessCommandTest {
  private static CommandLineRun run(String line) {
    return CommandLineRun.of(new AccessGroup(), line.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grant AGENT --principal User:hv-1 --dry-run|an agent acts for one host",
        "grant AGENT --principal User:hv-1 --host a/b --dry-run|--host: ",
        "grant READER --principal audit --dry-run|TYPE:NAME, such as User:hv-1, not 'audit'",
        "grant SERVICE --principal User:l --application-id a/b --dry-run|--application-id: ",
        "grant READER --dry-run|--principal=TYPE:NAME",
        "grant --principal User:x|ROLE",
        "revoke NOBODY --principal User:x|NOBODY"
      })
  void what_cannot_be_is_told(String line, String told) {
    CommandLineRun run = run(line);
    assertEquals(2, run.code(), run.out());
    assertTrue(run.err().contains(told), run.err());
  }

  @Test
  void a_dry_run_asks_no_broker_and_prints_each_right() {
    CommandLineRun grant = run("grant OPERATOR --principal User:ops --dry-run");
    assertEquals(0, grant.code(), grant.err());
    assertTrue(grant.out().contains("allow User:ops WRITE topic irq.policies\n"), grant.out());
    CommandLineRun revoke = run("revoke OPERATOR --principal User:ops --dry-run");
    assertEquals(grant.out().replace("allow ", "revoke "), revoke.out());
  }

  @Test
  void no_broker_is_told_of() {
    CommandLineRun run = run("grant READER --principal User:x -b 127.0.0.1:9 --timeout 1");
    assertEquals(3, run.code(), run.err());
    assertEquals("", run.out());
  }
}
