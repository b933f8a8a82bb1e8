package dev.irqledger.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a host that is not fit for a probe; the kernel's part is shown on a kernel. */
class SetIrqsProbeTest {
  private static final String README =
      "f[:[<group>/][<event>]] <func-name>[%return] [<args>]\n <argname>[->field[->field|.field...]]\n";

  @TempDir Path root;
  private Path tracing;
  private Path sys;

  @BeforeEach
  void a_fit_host() throws IOException {
    tracing = Files.createDirectories(root.resolve("tracing"));
    sys = root.resolve("sys");
    Files.createDirectories(tracing.resolve("instances"));
    Files.writeString(tracing.resolve("README"), README);
    Files.writeString(tracing.resolve("dynamic_events"), "");
    Files.createDirectories(sys.resolve("kernel/btf"));
    Files.writeString(sys.resolve("kernel/btf/vmlinux"), "");
    Files.writeString(sys.resolve("kernel/btf/vfio_pci_core"), "");
    Files.createDirectories(sys.resolve("module/vfio_pci_core"));
    Files.writeString(sys.resolve("module/vfio_pci_core/initstate"), "live\n");
  }

  private String refusal() {
    ProbeUnavailable why =
        assertThrows(
            ProbeUnavailable.class, () -> SetIrqsProbe.open(new Tracefs(tracing), sys, 64));
    String message = String.valueOf(why.getMessage());
    assertFalse(message.contains("\n"));
    assertTrue(message.contains("; "), message);
    return why.reason();
  }

  @Test
  void a_host_without_tracefs() {
    tracing = root.resolve("elsewhere");
    assertEquals("there is no " + tracing, refusal());
  }

  @Test
  void a_directory_where_tracefs_is_not_mounted() throws IOException {
    Files.delete(tracing.resolve("README"));
    assertEquals("tracefs is not mounted at " + tracing, refusal());
  }

  @Test
  void an_old_kernel() throws IOException {
    Files.writeString(tracing.resolve("README"), "p[:[<group>/][<event>]] <place> [<args>]\n");
    assertTrue(refusal().endsWith("has no function probes with BTF arguments"));
  }

  @Test
  void a_kernel_without_type_information() throws IOException {
    Files.delete(sys.resolve("kernel/btf/vmlinux"));
    assertEquals("there is no " + sys.resolve("kernel/btf/vmlinux"), refusal());
  }

  @Test
  void a_module_without_type_information() throws IOException {
    Files.delete(sys.resolve("kernel/btf/vfio_pci_core"));
    assertEquals("there is no " + sys.resolve("kernel/btf/vfio_pci_core"), refusal());
  }

  @Test
  void a_module_that_is_not_loaded_yet() throws IOException {
    Files.delete(sys.resolve("module/vfio_pci_core/initstate"));
    Files.delete(sys.resolve("module/vfio_pci_core"));
    assertEquals("the module vfio_pci_core is not loaded", refusal());
  }

  @Test
  void a_host_on_which_the_buffer_cannot_be_set_up_is_left_clean() throws IOException {
    assertTrue(refusal().startsWith("the trace instance "));
    assertFalse(Files.exists(tracing.resolve("instances/irq-ledger")));
    String events = Files.readString(tracing.resolve("dynamic_events"));
    assertTrue(events.contains("f:irq_ledger/set_irqs vfio_pci_set_irqs_ioctl "), events);
    assertTrue(events.contains("fds=+0(data):s32[64]"), events);
    assertTrue(events.contains("-:irq_ledger/set_irqs\n"), events);
  }

  @Test
  void what_a_former_run_left_is_removed_and_nothing_else() throws IOException {
    Files.createDirectories(tracing.resolve("instances/irq-ledger"));
    Files.createDirectories(tracing.resolve("instances/other"));
    Files.writeString(
        tracing.resolve("dynamic_events"),
        "f:irq_ledger/set_irqs_ret x%return\np:other/set_irqs y\n");
    refusal();
    String events = Files.readString(tracing.resolve("dynamic_events"));
    assertTrue(events.contains("-:irq_ledger/set_irqs_ret\n"), events);
    assertFalse(events.contains("-:other"), events);
    assertTrue(Files.exists(tracing.resolve("instances/other")));
    assertFalse(Files.exists(tracing.resolve("instances/irq-ledger")));
  }

  @Test
  void more_descriptors_than_the_kernel_fetches_are_not_asked_for() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SetIrqsProbe.open(new Tracefs(tracing), sys, ProbeEvents.MOST_FDS + 1));
  }
}
