package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.standalone.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an operation costs through the agent, beside the bare call of a C program: a table, printed.
 * Nothing is demanded of the times; emulation makes all of them long. Runs only with {@code mvn
 * -Pvm}.
 */
@Tag("vm")
class AgentCostTest {
  private static final int ROUNDS = 60;

  /** The operations of a round, in the order in which the C programs make them. */
  private static final List<String> OPERATIONS =
      List.of("enable_2", "arm_new", "clear", "arm_cached", "disable");

  private static final String INCLUDED =
      """
      bare C: the ioctl alone, in a C program, no agent running.
      ioctl: the same call as the agent measures it (latencyNanos of its event), its own probe on.
      whole: a client's request over the agent's socket to its answer: request parsed, intent and
        outcome in the journal, the call, a look at sysfs, the event folded. Not in it: the way to
        Kafka, which follows the answer but shares the two CPUs.
      The journal is an ext4 on a virtio disk in a file of the host, so a sync is one of the host.
      """;

  @Test
  void what_an_operation_costs_is_told() throws Exception {
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("cost")) {
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(15),
              List.of("--kernel", "6.12", "--disk", "64M"),
              GuestPrograms.script("cost"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              GuestPrograms.compiled("bare"),
              GuestPrograms.compiled("timed"),
              Integer.toString(ROUNDS));
      assertEquals(0, run.exit(), run.said() + run.stderr());
      LoggedEvents log = LoggedEvents.read(broker.bootstrapServers());
      assertEquals(List.of(), log.violations());
      print(machine.folder(), log, new Bdf(String.valueOf(run.devices().get("nvme"))));
      machine.wasAsExpected();
    }
  }

  private static void print(Path folder, LoggedEvents log, Bdf nvme) throws IOException {
    JsonNode bare = medians(folder.resolve("bare"));
    JsonNode off = medians(folder.resolve("off"));
    JsonNode full = medians(folder.resolve("full"));
    List<InterruptsSet> calls = calls(log, new DeviceKey("off", nvme));
    System.out.print(INCLUDED);
    System.out.println(
        "One write with a sync: " + lastLine(folder.resolve("dd")) + " (100 of 4 KiB)");
    row(
        "median, us",
        "bare C",
        "ioctl",
        "whole, off",
        "whole, full",
        "ioctl/bare",
        "off/bare",
        "full/bare");
    for (int i = 0; i < OPERATIONS.size(); i++) {
      String name = OPERATIONS.get(i);
      double b = micros(bare, name);
      double call = median(latencies(calls, i));
      double o = micros(off, name);
      double f = micros(full, name);
      row(name, text(b), text(call), text(o), text(f), text(call / b), text(o / b), text(f / b));
    }
  }

  private static void row(String... cells) {
    StringBuilder row = new StringBuilder();
    for (String cell : cells) {
      row.append(String.format(Locale.ROOT, row.isEmpty() ? "%-12s" : "%13s", cell));
    }
    System.out.println(row);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** The calls that count: those of the rounds after the first third. */
  private static List<InterruptsSet> calls(LoggedEvents log, DeviceKey device) {
    List<InterruptsSet> calls = new ArrayList<>();
    for (InterruptEvent event : log.of(device)) {
      if (event.body() instanceof InterruptsSet set) {
        calls.add(set);
      }
    }
    assertEquals(ROUNDS * OPERATIONS.size(), calls.size());
    return calls.subList(ROUNDS / 3 * OPERATIONS.size(), calls.size());
  }

  private static List<Long> latencies(List<InterruptsSet> calls, int step) {
    return IntStream.range(0, calls.size())
        .filter(i -> i % OPERATIONS.size() == step)
        .mapToObj(i -> calls.get(i).latencyNanos())
        .sorted()
        .toList();
  }

  private static double median(List<Long> sortedNanos) {
    return sortedNanos.get(sortedNanos.size() / 2) / 1e3;
  }

  private static double micros(JsonNode medians, String operation) {
    return medians.get(operation).asLong() / 1e3;
  }

  private static JsonNode medians(Path file) throws IOException {
    JsonNode medians = new JsonMapper().readTree(file.toFile()).get("median_ns");
    assertTrue(OPERATIONS.stream().allMatch(medians::has), medians::toString);
    return medians;
  }

  private static String lastLine(Path file) throws IOException {
    return Files.readAllLines(file).getLast();
  }
}
