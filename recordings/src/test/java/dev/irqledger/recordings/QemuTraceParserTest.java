package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptsSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table from QEMU's lines to calls, row by row. */
class QemuTraceParserTest {
  private static final String OPEN = "get_device Device BDF flags: 3, regions: 9, irqs: 5";
  private static final String SETUP =
      "msix_early_setup BDF PCI MSI-X CAP @0x40, BAR 0, offset 0x2000, entries 65";
  private static final String DYNAMIC = OPEN + "\n" + SETUP + ", noresize 0\n";
  private static final String FIXED = OPEN + "\n" + SETUP + ", noresize 1\n";
  private static final String OLD = OPEN + "\n" + SETUP + "\n";

  /** Reads lines that lack the prefix of all events' names and call the device BDF. */
  private static Reading read(String script) {
    String text =
        script.strip().lines().map(line -> "vfio_" + line).reduce("", (a, b) -> a + b + "\n");
    return Reading.of(RecordingFormat.QEMU_TRACE, text.replace("BDF", "0000:00:02.0"));
  }

  private static Arguments row(String name, String log, String calls) {
    return Arguments.of(name, log, calls);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row("INTx is enabled", "intx_enable  (BDF)", "0+0: S"),
        row("INTx is disabled", "intx_disable  (BDF)", "0-"),
        row("MSI arms all", "msi_enable  (BDF) Enabled 3 MSI vectors", "1+0: S S S"),
        row(
            "MSI without a pin",
            "msi_enable  (BDF) Enabled 1 MSI vectors\nmsi_disable  (BDF)",
            "1+0: S\n1-"),
        row(
            "MSI gives way to INTx",
            "msi_enable  (BDF) Enabled 1 MSI vectors\nintx_enable  (BDF)\nmsi_disable  (BDF)",
            "1+0: S\n1-\n0+0: S"),
        row("MSI-X begins empty", "msix_enable  (BDF)", "2+0: N"),
        row("MSI-X without a pin", "msix_enable  (BDF)\nmsix_disable  (BDF)", "2+0: N\n2-"),
        row(
            "MSI-X gives way to INTx",
            "msix_enable  (BDF)\nintx_enable  (BDF)\nmsix_disable  (BDF)",
            "2+0: N\n2-\n0+0: S"),
        row(
            "a log begins at the end of MSI-X",
            "msix_disable  (BDF)\nintx_disable  (BDF)",
            "2-\n0-"),
        row(
            "deferred vectors of an old QEMU",
            OLD
                + "msix_vector_do_use  (BDF) vector 2 used\n"
                + "msix_vector_do_use  (BDF) vector 0 used\n"
                + "msix_enable  (BDF)",
            "open ?\n2+0: S N S"),
        row(
            "deferred vectors where the range can grow",
            DYNAMIC + "msix_vector_do_use  (BDF) vector 2 used\nmsix_enable  (BDF)",
            "open 65,1\n2+0: N\n2+0: N N S"),
        row(
            "a vector more where the range can grow",
            DYNAMIC + "msix_enable  (BDF)\nmsix_vector_do_use  (BDF) vector 5 used",
            "open 65,1\n2+0: N\n2+5: S"),
        row(
            "a vector more where it cannot",
            FIXED
                + "msix_enable  (BDF)\nmsix_vector_do_use  (BDF) vector 0 used\n"
                + "msix_vector_do_use  (BDF) vector 2 used",
            "open 65,9\n2+0: N\n2-\n2+0: S\n2-\n2+0: S N S"),
        row(
            "a vector within the range",
            FIXED
                + "msix_vector_do_use  (BDF) vector 2 used\nmsix_enable  (BDF)\n"
                + "msix_vector_do_use  (BDF) vector 1 used",
            "open 65,9\n2+0: N N S\n2+1: S"),
        row(
            "a released vector stays armed",
            FIXED
                + "msix_vector_do_use  (BDF) vector 0 used\nmsix_enable  (BDF)\n"
                + "msix_vector_release  (BDF) vector 0 released\n"
                + "msix_vector_do_use  (BDF) vector 1 used",
            "open 65,9\n2+0: S\n2-\n2+0: S S"),
        row(
            "a new mode begins with no vector in use",
            "msix_vector_do_use  (BDF) vector 1 used\nmsix_enable  (BDF)\nintx_enable  (BDF)\n"
                + "msix_disable  (BDF)\nintx_disable  (BDF)\nmsix_enable  (BDF)",
            "2+0: N S\n2-\n0+0: S\n0-\n2+0: N"),
        row(
            "resets",
            """
            pci_reset  (BDF)
            pci_reset_flr BDF FLR/VFIO_DEVICE_RESET
            pci_reset_pm BDF PCI PM Reset
            """,
            "reset\nreset"),
        row("a device goes", OPEN + "\ndetach_device  (BDF) group 3", "open ?\nclose"),
        row("an opening waits no longer than the log", OPEN, "open ?"),
        row("a device comes twice", DYNAMIC + OPEN, "open 65,1\nopen ?"),
        row(
            "events that are no calls",
            """
            intx_update  (BDF) IRQ moved 0 -> 21
            intx_enable_kvm  (BDF) KVM INTx accel enabled
            msix_pba_disable  (BDF)
            msi_interrupt  (BDF) vector 0 0xfee00000/0x21
            region_write  (BDF:region0+0x1000, 0x1, 4)
            intx_eoi  (BDF) EOI
            """,
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void lines_become_the_calls_behind_them(String name, String log, String calls) {
    Reading reading = read(log);
    assertEquals(List.of(), reading.badLines());
    assertEquals(calls.lines().toList(), reading.bodies().stream().map(CallText::of).toList());
  }

  @Test
  void an_opening_has_the_line_it_was_printed_on() {
    assertEquals(
        List.of(1L, 3L),
        read(DYNAMIC + "intx_enable  (BDF)").operations().stream().map(Operation::line).toList());
  }

  @Test
  void no_result_is_invented_but_resets_are_printed_after_success() {
    Reading reading = read("intx_enable  (BDF)\npci_reset_flr BDF FLR/VFIO_DEVICE_RESET");
    InterruptsSet set = (InterruptsSet) reading.bodies().getFirst();
    assertEquals(OptionalInt.empty(), set.result());
    assertEquals(new DeviceReset(OptionalInt.of(0), 0, null), reading.bodies().get(1));
  }

  @Test
  void the_prefix_gives_the_thread_and_the_time() {
    Operation operation =
        Reading.of(
                RecordingFormat.QEMU_TRACE,
                "170@1795379493.421245:vfio_intx_disable  (0000:00:02.0)")
            .operations()
            .getFirst();
    assertEquals(1_795_379_493_421_245L, operation.hostTimeMicros());
    assertEquals(new Actor(null, null, 170, null, null), operation.actor());
    assertEquals(new Bdf("0000:00:02.0"), operation.device());
  }

  @Test
  void without_a_prefix_neither_is_known() {
    Operation operation = read("intx_disable  (BDF)").operations().getFirst();
    assertEquals(0, operation.hostTimeMicros());
    assertEquals(Actor.UNKNOWN, operation.actor());
  }

  @Test
  void devices_are_kept_apart() {
    Reading reading =
        Reading.of(
            RecordingFormat.QEMU_TRACE,
            """
            vfio_msix_enable  (0000:00:02.0)
            vfio_intx_enable  (0000:00:03.0)
            vfio_intx_enable  (0000:00:02.0)
            """);
    assertEquals(
        List.of("2+0: N", "0+0: S", "2-", "0+0: S"),
        reading.bodies().stream().map(CallText::of).toList());
  }

  @Test
  void later_versions_call_two_events_otherwise() {
    Reading reading =
        read("device_get Device BDF flags: 3, regions: 9, irqs: 5\ndevice_detach  (BDF) group 3");
    assertEquals(List.of("open ?", "close"), reading.bodies().stream().map(CallText::of).toList());
  }

  @Test
  void what_is_no_event_of_vfio_is_passed_over() {
    assertTrue(
        Reading.of(
                RecordingFormat.QEMU_TRACE,
                """
                qemu-system-x86_64: warning: host doesn't support requested feature
                168@1795379375.679143:kvm_run_exit cpu_index 0, reason 2
                the event vfio_intx_enable in a sentence
                """)
            .parsed()
            .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intx_enable",
        "intx_enable  (BDF",
        "intx_enable  (0000:00:02.9)",
        "msix_vector_do_use  (BDF) vector 2048 used",
        "msix_vector_do_use  (BDF) vector x used",
        "msi_enable  (BDF) Enabled 33 MSI vectors",
        "msi_enable  (BDF) Enabled 0 MSI vectors",
        "get_device Device 8a6c2f6e-mdev flags: 3, regions: 9, irqs: 5",
        "msix_early_setup BDF PCI MSI-X CAP @0x40, entries 0, noresize 0",
        "pci_reset_flr BDF"
      })
  void an_event_with_other_arguments_is_bad(String line) {
    Reading reading = read("intx_disable  (BDF)\n" + line);
    assertEquals(List.of(2L), reading.badLines().stream().map(BadLine::line).toList());
    assertEquals(1, reading.operations().size());
  }
}
