package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.standalone.RandomOps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent is killed on a real kernel. Runs only with {@code mvn -Pvm}. */
@Tag("vm")
class AgentDeathTest {
  private static final int OPERATIONS = 1_000;
  private static final String HOST = "vm";
  private static final Bdf NVME = new Bdf("0000:01:00.0");
  private static final Bdf XHCI = new Bdf("0000:03:00.0");

  @Test
  void an_agent_killed_at_work_loses_nothing_and_the_next_one_tells_how_it_ended()
      throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int after = 100 + random.nextInt(OPERATIONS - 200);
    System.out.println("killed after " + after + " of " + OPERATIONS + " operations, seed " + seed);
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("killed")) {
      Path script = machine.folder().resolve("script");
      List<String> ops = new ArrayList<>();
      RandomOps.of(DevicePreset.NVME, random.nextLong())
          .take(OPERATIONS)
          .forEach(op -> ops.add(NVME + " " + op));
      Files.write(script, ops);
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(15),
              List.of("--kernel", "6.12"),
              GuestPrograms.script("killed"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              HOST,
              GuestPrograms.compiled("judge"),
              "/mnt/out/script",
              GuestPrograms.compiled("holder"),
              Integer.toString(after));
      String agent = Files.readString(machine.folder().resolve("agent.log"));
      assertEquals(0, run.exit(), run.said() + run.stderr() + agent);
      List<JudgedLine> judged = JudgedLine.read(machine.folder().resolve("judged.jsonl"));
      assertTrue(judged.size() >= after && judged.size() < OPERATIONS, "" + judged.size());
      LoggedEvents log = LoggedEvents.read(broker.bootstrapServers());
      assertEquals(List.of(), log.violations());
      assertNothingLostOrRepeated(judged, log);
      assertTheEndIsTold(log);
      for (RestLine line : RestLine.read(machine.folder().resolve("rest.jsonl"))) {
        var state = log.at(new DeviceKey(HOST, line.device()), line.micros());
        assertTrue(line.shown().agreesWith(state), () -> line + "\n" + state);
      }
      machine.wasAsExpected();
    }
  }

  private static void assertNothingLostOrRepeated(List<JudgedLine> judged, LoggedEvents log) {
    Set<UUID> ids = new HashSet<>();
    for (InterruptEvent event : log.events()) {
      assertTrue(ids.add(event.id()), () -> "twice: " + event);
    }
    for (JudgedLine line : judged) {
      assertTrue(ids.contains(line.event()), () -> "lost: " + line);
      assertTrue(line.shown().agreesWith(log.after(line.event())), line::toString);
    }
  }

  private static void assertTheEndIsTold(LoggedEvents log) {
    List<InterruptEvent> nvme = log.of(new DeviceKey(HOST, NVME));
    long second = nvme.getLast().epoch();
    InterruptEvent first =
        nvme.stream().filter(event -> event.epoch() == second).findFirst().orElseThrow();
    assertEquals(
        new DeviceReleased(DeviceReleased.Cause.AGENT_DIED, null), first.body(), nvme::toString);
    assertEquals(1, first.sequence());
    List<InterruptEvent> xhci = log.of(new DeviceKey(HOST, XHCI));
    assertTrue(
        xhci.stream()
            .filter(event -> event.epoch() == second)
            .allMatch(event -> event.source() != Source.AGENT_CALL),
        xhci::toString);
  }
}
