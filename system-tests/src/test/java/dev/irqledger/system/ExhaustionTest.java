package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.standalone.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real kernel's CPUs run out of vectors. Runs only with {@code mvn -Pvm}. */
@Tag("vm")
class ExhaustionTest {
  private static final String NVME = "0000:01:00.0";

  @Test
  void the_pool_that_ran_out_and_its_holders_are_told() throws Exception {
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("exhausted")) {
      Path script = machine.folder().resolve("script");
      Files.write(script, script());
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(15),
              List.of("--kernel", "6.12", "--nvme-vectors", "2048"),
              GuestPrograms.script("exhausted"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              "vm",
              GuestPrograms.compiled("judge"),
              "/mnt/out/script",
              GuestPrograms.compiled("holder"));
      assertEquals(0, run.exit(), run.said() + run.stderr());
      LoggedEvents log = LoggedEvents.read(broker.bootstrapServers());
      List<JudgedLine> judged = JudgedLine.read(machine.folder().resolve("judged.jsonl"));
      assertEquals(script().size(), judged.size());
      for (JudgedLine line : judged) {
        var state = log.after(line.event());
        assertTrue(
            state != null && line.shown().agreesWith(state),
            () -> line.op().substring(0, Math.min(40, line.op().length())) + "\n" + line.text());
      }
      assertEquals(List.of(), log.violations());
      assertShortages(judged);
      machine.wasAsExpected();
    }
  }

  private static void assertShortages(List<JudgedLine> judged) {
    List<String> shortages =
        judged.stream().map(JudgedLine::text).filter(text -> text.contains("-ENOSPC")).toList();
    assertTrue(shortages.size() >= 2, shortages::toString);
    assertTrue(shortages.getFirst().contains(NVME + " 300 (irq-ledger "), shortages::toString);
    for (String text : shortages) {
      String told = text.substring(text.indexOf("-ENOSPC"));
      System.out.println(told);
      assertTrue(
          told.matches(
              ".*out of CPU vectors for the \\d+ asked for: passthrough devices now hold \\d+ of .*"),
          told);
      assertTrue(told.contains("(holder "), told);
      assertTrue(told.contains("the host's own drivers hold "), told);
    }
  }

  /** Arms more and more, gives some back, and arms those again. */
  private static List<String> script() {
    List<String> ops = new ArrayList<>();
    ops.add("open");
    ops.add(arm(0, 300));
    ops.add(arm(300, 200));
    ops.add(arm(300, 40));
    ops.add(arm(340, 200));
    ops.add("set 2 0 100 eventfd trigger " + fds(100, _ -> "-1"));
    ops.add(arm(500, 60));
    ops.add("set 2 0 0 none trigger");
    ops.add("set 2 0 1500 eventfd trigger " + fds(1500, _ -> "-1"));
    ops.add(arm(0, 500));
    ops.add("set 2 0 0 none trigger");
    ops.add("close");
    return ops.stream().map(op -> NVME + " " + op).toList();
  }

  private static String arm(int start, int count) {
    return "set 2 " + start + " " + count + " eventfd trigger " + fds(count, i -> "e" + i % 64);
  }

  private static String fds(int count, java.util.function.IntFunction<String> fd) {
    return IntStream.range(0, count).mapToObj(fd).collect(Collectors.joining(","));
  }
}
