package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.standalone.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the packaged agent says on a real kernel when it cannot do what it is asked, and how it
 * leaves the host. Runs only with {@code mvn -Pvm}.
 */
@Tag("vm")
class AgentErrorsTest {
  private static final int DEVICE = 7;
  private static final int JOURNAL = 8;
  private static final String NVME = "0000:01:00.0";
  private static final String E1000E = "0000:02:00.0";
  private static final String DONE = "/tmp/ops:3: close = 0\n";

  /** A step that fails with one line that has all these parts. */
  private record Failing(String step, int exit, List<String> parts) {
    static Failing with(int exit, String step, String... parts) {
      return new Failing(step, exit, List.of(parts));
    }
  }

  private static final List<Failing> FAILING =
      List.of(
          Failing.with(DEVICE, "no-device", "this host has no PCI device 0000:01:00.1", NVME),
          Failing.with(DEVICE, "no-device-bind", "this host has no PCI device 0000:01:00.1", NVME),
          Failing.with(DEVICE, "bound-to-host", "is bound to the driver nvme", "bind it: --bind"),
          Failing.with(DEVICE, "in-use", "(network interface eth1 is up)", "--force"),
          Failing.with(
              DEVICE,
              "shared-group",
              "IOMMU group ",
              " of 0000:05:00.0 has devices bound to drivers of the host: 0000:05:00.1 (xhci_hcd)",
              "free them first: echo 0000:05:00.1 > "),
          Failing.with(
              DEVICE, "not-root", "no permission on /dev/vfio/", "(owner root", "run as root"),
          Failing.with(DEVICE, "not-root-bind", "no permission to bind " + E1000E, "run as root"),
          Failing.with(JOURNAL, "not-root-journal", "/tmp/state/vm"),
          Failing.with(DEVICE, "busy", NVME + " is held by pid ", " (holder)", "stop it"),
          Failing.with(DEVICE, "not-served", "is bound to the driver e1000e", "bind it: --bind"),
          Failing.with(JOURNAL, "second-serve", "another agent holds the journal", "(process "),
          Failing.with(JOURNAL, "locked", "another agent holds the journal", "(process "),
          Failing.with(DEVICE, "no-file", "there is no /dev/vfio/", "container"),
          Failing.with(DEVICE, "no-vfio", "there is no /dev/vfio", "modprobe vfio-pci"),
          Failing.with(DEVICE, "no-vfio-bind", "vfio-pci is not loaded", "modprobe vfio-pci"));

  private static final Pattern BROKER =
      Pattern.compile("irq-ledger: (no broker answers at |\\d+ events? (is|are) still in).*");

  @Test
  void each_failure_is_one_line_with_its_cause_and_the_host_is_as_before() throws Exception {
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("errors")) {
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(15),
              List.of("--kernel", "6.12", "--bind", "none", "--pair"),
              GuestPrograms.script("errors"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              "vm",
              GuestPrograms.compiled("judge"),
              GuestPrograms.compiled("holder"));
      assertEquals(0, run.exit(), run.said() + run.stderr());
      Steps steps = new Steps(machine.folder());
      assertAll(FAILING.stream().map(failing -> () -> assertFailed(steps, failing)));
      assertAll(
          () -> assertEquals(steps.read("holder.pid"), steps.pidIn("busy")),
          () -> assertEquals(steps.read("serve.pid"), steps.pidIn("locked")));
      assertAll(gaveBack(steps));
      assertAll(reconciled(steps));
      assertEquals(List.of(), LoggedEvents.read(broker.bootstrapServers()).violations());
      machine.wasAsExpected();
    }
  }

  /** In want of a probe no command fails: it says so, and looks at sysfs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6.12 | --no-tracefs | no probe: tracefs is not mounted at /sys/kernel/tracing; mount -t tracefs
          6.1  | --bind=vfio  | no probe: kernel 6.1
          """)
  void without_a_probe_the_watcher_says_so_and_looks(String kernel, String option, String said)
      throws Exception {
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-vm");
        EmbeddedBroker broker = EmbeddedBroker.startForGuests(data.path());
        VirtualMachine machine = new VirtualMachine("untraced-" + kernel)) {
      List<String> options = new ArrayList<>(List.of("--kernel", kernel));
      options.addAll(List.of(option.split("=")));
      VirtualMachine.Run run =
          machine.run(
              Duration.ofMinutes(15),
              options,
              GuestPrograms.script("untraced"),
              GuestPrograms.launcher(),
              broker.bootstrapServersForGuests(),
              "vm",
              GuestPrograms.compiled("holder"));
      assertEquals(0, run.exit(), run.said() + run.stderr());
      Steps steps = new Steps(machine.folder());
      // a machine without hardware virtualization may be too slow for a broker's patience
      List<String> err =
          steps.read("watch.err").lines().filter(line -> !BROKER.matcher(line).matches()).toList();
      assertEquals(1, err.size(), err.toString());
      assertTrue(err.getFirst().startsWith("irq-ledger: " + said), err.toString());
      assertTrue(err.getFirst().endsWith("; devices are looked at every 1 s"), err.toString());
      assertEquals(143, steps.exit("watch"));
      machine.wasAsExpected();
    }
  }

  private static void assertFailed(Steps steps, Failing failing) throws IOException {
    String err = steps.read(failing.step() + ".err");
    String told = failing.step() + ":\n" + err + "\n" + steps.read(failing.step() + ".out");
    assertEquals(failing.exit(), steps.exit(failing.step()), told);
    assertEquals(1, err.lines().count(), told);
    assertTrue(err.startsWith("irq-ledger: "), told);
    for (String part : failing.parts()) {
      assertTrue(err.contains(part), told);
    }
  }

  private static List<Executable> gaveBack(Steps steps) throws IOException {
    Map<String, String> before = steps.drivers("before");
    return List.of(
        () -> assertEquals("nvme (null)", before.get(NVME)),
        () -> assertEquals("e1000e (null)", before.get(E1000E)),
        () -> assertEquals(before, steps.drivers("untouched")),
        () -> assertEquals(before, steps.drivers("given-back")),
        () -> assertEquals("vfio-pci vfio-pci", steps.drivers("killed").get(NVME)),
        () -> assertEquals(before, steps.drivers("given-back-late")),
        () -> assertEquals("e1000e (null)", steps.drivers("not-root").get(E1000E)),
        () ->
            assertEquals(
                3, steps.read("dry-run.out").lines().filter(l -> l.startsWith("echo '")).count()),
        () -> steps.assertDone("freed-group"),
        () -> steps.assertDone("bind-nvme"),
        () -> steps.assertDone("bind-e1000e"),
        () -> steps.assertDone("through-socket"));
  }

  private static List<Executable> reconciled(Steps steps) {
    return List.of(
        () -> assertTrue(steps.read("drift.out").startsWith(NVME + ": "), steps.read("drift.out")),
        () -> assertTrue(steps.read("drift.err").contains("both agree now")),
        () -> assertEquals(0, steps.exit("drift")),
        () -> assertEquals("", steps.read("agreed.out")),
        () -> assertEquals("irq-ledger: the ledger and the kernel agree", steps.read("agreed.err")),
        () -> assertEquals(0, steps.exit("agreed")));
  }

  /** What {@code vm/guest/errors} left of its steps. */
  private record Steps(Path folder) {
    String read(String name) throws IOException {
      return Files.readString(folder.resolve(name)).strip();
    }

    int exit(String step) throws IOException {
      return Integer.parseInt(read(step + ".exit"));
    }

    /** The process that a message names. */
    String pidIn(String step) throws IOException {
      return read(step + ".err").replaceAll("(?s).*\\b(?:pid|process) (\\d+).*", "$1");
    }

    /** The driver and the override of each device after that step. */
    Map<String, String> drivers(String step) throws IOException {
      return read(step + ".drivers")
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    void assertDone(String step) throws IOException {
      String told = step + ":\n" + read(step + ".err") + "\n" + read(step + ".out");
      assertEquals(0, exit(step), told);
      assertTrue((read(step + ".out") + "\n").endsWith(DONE), told);
    }
  }
}
