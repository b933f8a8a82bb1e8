package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.CoverageMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that watches other programs on real kernels. Runs only with {@code mvn -Pvm}. */
@Tag("vm")
class ForeignCallsTest {
  private static final String HOST = "vm";

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "6.1"})
  void what_other_programs_do_is_in_the_ledger(String kernel) throws Exception {
    boolean probed = kernel.equals("6.12");
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("foreign-" + kernel)) {
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(12),
              List.of("--kernel", kernel),
              GuestPrograms.script("foreign"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              HOST,
              GuestPrograms.compiled("judge"),
              GuestPrograms.compiled("holder"),
              probed ? "yes" : "no");
      String agent = read(machine, "agent.log");
      assertEquals(0, run.exit(), run.said() + run.stderr() + agent);
      LoggedEvents log = LoggedEvents.read(broker.bootstrapServers());
      assertEquals(List.of(), log.violations());
      assertAgreesAtRest(machine, log);
      assertStatus(AgentStatuses.last(broker.bootstrapServers()), probed);
      if (probed) {
        assertEveryCallIsThere(machine, log, run.devices().get("nvme"), "nvme");
        assertEveryCallIsThere(machine, log, run.devices().get("e1000e"), "e1000e");
        assertEveryCallIsThere(machine, log, run.devices().get("xhci"), "xhci");
        assertEquals("", read(machine, "instances"));
        assertEquals("0", read(machine, "probes").strip());
      } else {
        assertTrue(agent.contains("no probe: kernel 6.1"), agent);
      }
      machine.wasAsExpected();
    }
  }

  private static String read(VirtualMachine machine, String name) throws IOException {
    Path file = machine.folder().resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static void assertStatus(AgentStatus status, boolean probed) {
    assertEquals(probed ? CoverageMode.PROBE : CoverageMode.SNAPSHOTS_ONLY, status.getCoverage());
    assertEquals(List.of(), status.getBlind());
    assertEquals(probed, status.getCpuVectorsTotal() != null, status::toString);
    assertEquals("dmar0", status.getRemappingUnits().getFirst().getUnit());
    assertEquals(65_536, status.getRemappingUnits().getFirst().getEntriesTotal());
    assertTrue(status.getRemappingUnits().getFirst().getEntriesUsed() > 0, status::toString);
    assertTrue(
        status.getHostDrivers().stream()
            .anyMatch(use -> use.getDriver().equals("virtio-pci") && use.getIrqs() > 0),
        status::toString);
  }

  private static void assertAgreesAtRest(VirtualMachine machine, LoggedEvents log)
      throws IOException {
    List<RestLine> lines = RestLine.read(machine.folder().resolve("rest.jsonl"));
    assertTrue(lines.size() >= 16, lines::toString);
    for (RestLine line : lines) {
      var state = log.at(new DeviceKey(HOST, line.device()), line.micros());
      assertTrue(line.shown().agreesWith(state), () -> line + "\n" + state);
    }
  }

  /** Its results, in order, and the release at its end; what argument checks refuse is not seen. */
  private static void assertEveryCallIsThere(
      VirtualMachine machine, LoggedEvents log, String device, String name) throws IOException {
    List<String> expected = new ArrayList<>();
    for (String line : read(machine, name + ".results").lines().toList()) {
      String[] words = line.split("\t", 2);
      if (OpScript.parse(words[0]) instanceof Op.Set(var call) && call.start() < 32) {
        expected.add(
            call.index()
                + " "
                + call.start()
                + " "
                + call.count()
                + " "
                + call.flags()
                + " = "
                + words[1]);
      }
    }
    List<InterruptEvent> seen =
        log.of(new DeviceKey(HOST, new Bdf(device))).stream()
            .filter(event -> event.source() == Source.OBSERVED_CALL)
            .toList();
    List<String> calls = new ArrayList<>();
    for (InterruptEvent event : seen) {
      if (event.body() instanceof InterruptsSet(var call, var result, var latency, var after)) {
        calls.add(
            call.index()
                + " "
                + call.start()
                + " "
                + call.count()
                + " "
                + call.flags()
                + " = "
                + result.orElseThrow());
        assertTrue(latency > 0);
        assertEquals("holder", event.actor().command());
        assertEquals(null, after);
      }
    }
    assertEquals(expected, calls, name);
    InterruptEvent last = seen.getLast();
    assertEquals(new DeviceReleased(DeviceReleased.Cause.CLOSED, null), last.body(), name);
    assertNotNull(last.actor().command());
  }
}
