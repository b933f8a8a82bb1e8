package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies are written, shown, and taken away again. */
class PolicyTest {
  private TestBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = TestBroker.empty();
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private CommandRun policy(String... arguments) {
    return CommandRun.at(broker, "policy", arguments);
  }

  private String ok(String... arguments) {
    CommandRun run = policy(arguments);
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  @Test
  void a_host_has_its_own_policy_or_that_of_every_host() {
    assertEquals(4, policy("ls").code());
    CommandRun first = policy("set", "--host", "*", "--budget", "device:*:allocated=256");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("created irq."), first.err());
    assertTrue(ok("get", "--host", "hv-1").contains("the policy of every host (*)"));

    CommandRun own = policy("set", "--host", "hv-1", "--idle-limit", "1h", "-o", "json");
    assertTrue(own.err().contains("hv-1 has a policy of its own now"), own.err());
    assertTrue(
        own.out()
            .contains(
                "\"after\":{\"budgets\":[{\"scope\":\"DEVICE\",\"name\":\"*\",\"maxArmed\":null,"
                    + "\"maxAllocated\":256}],\"idleLimitSeconds\":3600,\"enforcement\":null}"),
        own.out());

    ok("set", "--host", "hv-1", "--budget", "vm:web:armed=4", "--budget", "device:*:none");
    assertEquals(
        "{\"host\":\"hv-1\",\"from\":\"hv-1\",\"budgets\":[{\"scope\":\"VM\",\"name\":\"web\","
            + "\"maxArmed\":4,\"maxAllocated\":null}],\"idleLimitSeconds\":3600,\"enforcement\":null",
        ok("get", "--host", "hv-1", "-o", "json").split(",\"setAt\"", 2)[0]);
    assertEquals(2, ok("ls", "-o", "json").lines().count());

    assertTrue(ok("rm", "--host", "hv-1").contains("each device: at most 256 allocated"));
    assertTrue(ok("get", "--host", "hv-1").contains("the policy of every host (*)"));
    CommandRun again = policy("rm", "--host", "hv-1");
    assertEquals(5, again.code());
    assertTrue(again.err().contains("hv-1 has no policy of its own"), again.err());
    ok("rm", "--host", "*");
    assertTrue(ok("get", "--host", "hv-1").contains("no policy holds"));
  }

  @Test
  void a_dry_run_shows_what_would_be_and_writes_nothing() {
    ok("set", "--host", "hv-1", "--idle-limit", "30s");
    assertTrue(
        ok("set", "--host", "hv-1", "--replace", "--dry-run").contains("would be\n  no limit"));
    assertTrue(ok("get", "--host", "hv-1").contains("at most 30s without a trigger"));
  }

  @Test
  void a_policy_that_cannot_be_read_is_not_overwritten_unless_one_says_so() throws Exception {
    ok("set", "--host", "hv-1", "--idle-limit", "30s");
    broker.append("irq.policies", "hv-1", new byte[] {7, 7});
    assertEquals(1, policy("get", "--host", "hv-1").code());
    CommandRun set = policy("set", "--host", "hv-1", "--idle-limit", "1m");
    assertEquals(1, set.code(), set.out());
    assertTrue(set.err().contains("--replace"), set.err());
    ok("set", "--host", "hv-1", "--idle-limit", "1m", "--replace");
    assertTrue(ok("get", "--host", "hv-1").contains("at most 1m without a trigger"));
  }

  @Test
  void a_broker_that_is_not_there_is_named_by_every_command() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String nobody = "127.0.0.1:" + free;
    for (String command :
        List.of(
            "policy ls",
            "policy get --host hv-1",
            "policy rm --host hv-1",
            "policy set --host hv-1 --idle-limit 1h",
            "command ls",
            "command send -d hv-1/0000:01:00.0 open")) {
      boolean duration = command.contains("send");
      CommandRun run =
          CommandRun.of(
              (command + " --timeout " + (duration ? "1s" : "1") + " -b " + nobody).split(" "));
      assertEquals(3, run.code(), run.err());
      assertEquals(
          "irq-ledger: no broker answers at "
              + nobody
              + ": check the address and that Kafka runs there",
          run.err().strip());
    }
  }
}
