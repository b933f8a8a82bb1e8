package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptsSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeParserTest {
  private static final String RAW_ENTRY =
      "   q10-168   [000] ...1.    10.434477: set_irqs: (vfio_pci_set_irqs_ioctl+0x4/0xd0"
          + " [vfio_pci_core]) index=0 start=0 count=1 flags=36 bdf=\"0000:00:02.0\""
          + " fds={11,0,-1657588269}";
  private static final String RAW_RETURN =
      "   q10-168   [000] ...1.    10.436164: set_irqs_ret: (vfio_pci_core_ioctl+0x1c0/0xa10"
          + " [vfio_pci_core] <- vfio_pci_set_irqs_ioctl) ret=0";

  private static Reading read(String... lines) {
    return Reading.of(RecordingFormat.PROBE, List.of(lines));
  }

  private static String entry(int thread, String time, String fields) {
    return "qemu-%d [001] d..1. %s: set_irqs: %s".formatted(thread, time, fields);
  }

  private static String fields(int index, int start, long count, int flags, String fds) {
    return "index=%d start=%d count=%d flags=%d bdf=\"0000:00:02.0\" fds={%s}"
        .formatted(index, start, count, flags, fds);
  }

  private static String returns(int thread, String time, String ret) {
    return "qemu-%d [001] d..1. %s: set_irqs_ret: <- x) ret=%s".formatted(thread, time, ret);
  }

  private static InterruptsSet only(Reading reading) {
    assertEquals(List.of(), reading.badLines());
    assertEquals(1, reading.operations().size());
    return (InterruptsSet) reading.bodies().getFirst();
  }

  private static IrqSetData data(long count, int flags, String fds) {
    return only(read(entry(7, "1.5", fields(2, 0, count, flags, fds)), returns(7, "1.6", "0")))
        .call()
        .data();
  }

  @Test
  void an_entry_and_its_return_are_one_operation() {
    assertEquals(
        List.of(
            new Operation(
                1,
                NumberTextTest.bdf("0000:00:02.0"),
                10_436_164,
                Actor.process(168, "q10"),
                new InterruptsSet(
                    SetIrqs.triggers(IrqIndex.INTX, 0, 11), OptionalInt.of(0), 1_687_000, null))),
        read(RAW_ENTRY, RAW_RETURN).parsed());
  }

  @Test
  void the_addresses_may_be_cut_off() {
    String entry = RAW_ENTRY.replaceFirst("\\(vfio.*?\\) ", "");
    String end = RAW_RETURN.replaceFirst(" \\(.* <-", "<-");
    assertEquals(read(RAW_ENTRY, RAW_RETURN), read(entry, end));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CPU 0/KVM-1234 [003] ...1. 1.5: | 1234 | CPU 0/KVM
          a-b-9-10 [003] ...1. 1.5:       | 10   | a-b-9
          (sd-pam)-77 (     70) [003] ...1. 1.5: | 77 | (sd-pam)
          qemu-5 (-------) [003] d..1. 1.5: | 5 | qemu
          qemu-5 [003] 1.5:               | 5    | qemu
          <...>-5 [003] ....1 1.5:        | 5    | <...>
          """)
  void the_thread_is_told_whatever_its_name_holds(String start, int thread, String command) {
    Reading reading = read(start + " set_irqs: " + fields(2, 0, 0, 33, ""));
    assertEquals(Actor.process(thread, command), reading.operations().getFirst().actor());
  }

  @Test
  void calls_of_several_threads_come_out_in_the_order_of_their_returns() {
    Reading reading =
        read(
            entry(1, "1.000001", fields(2, 0, 1, 36, "5")),
            entry(2, "1.000002", fields(2, 1, 1, 36, "6")),
            returns(2, "1.000003", "0"),
            returns(1, "1.000004", "-28"));
    assertEquals(List.of(2L, 1L), reading.parsed().stream().map(Parsed::line).toList());
    assertEquals(OptionalInt.of(-28), ((InterruptsSet) reading.bodies().get(1)).result());
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-22,-22",
    "387,387",
    "4294967274,-22",
    "18446744073709551594,-22",
    "0xffffffea,-22",
    "0xffffffffffffffea,-22",
    "0x0,0"
  })
  void a_result_is_understood_however_it_was_printed(String printed, int result) {
    Reading reading = read(entry(7, "1.5", fields(2, 0, 0, 33, "")), returns(7, "1.6", printed));
    assertEquals(OptionalInt.of(result), only(reading).result());
  }

  @Test
  void descriptors_count_only_as_far_as_the_call_does() {
    assertEquals(new IrqSetData.Eventfds(11), data(1, 36, "11,0,-1657588269,359881830"));
    assertEquals(new IrqSetData.Eventfds(), data(0, 36, "11,0"));
    assertEquals(new IrqSetData.Eventfds(-1), data(1, 36, "-1,0"));
    assertEquals(new IrqSetData.Eventfds(-1), data(1, 36, "4294967295"));
  }

  @Test
  void descriptors_that_the_probe_did_not_fetch_are_unseen() {
    assertEquals(
        new IrqSetData.Eventfds(5, -1, Eventfd.UNSEEN, Eventfd.UNSEEN), data(4, 36, "5,-1"));
  }

  @Test
  void no_more_elements_are_kept_than_a_device_has_vectors() {
    assertEquals(2048, data(4294967295L, 36, "5").length());
    assertEquals(2048, data(100_000, 34, "5").length());
  }

  @Test
  void a_descriptor_with_a_number_that_the_core_uses_otherwise_is_none() {
    assertEquals(
        new IrqSetData.Eventfds(Eventfd.NONE, Eventfd.NONE),
        data(2, 36, "-2147483648,-2147483647"));
  }

  @Test
  void bools_are_not_seen_and_are_given_in_the_right_number() {
    assertArrayEquals(new byte[] {1, 1, 1}, ((IrqSetData.Bools) data(3, 34, "9,9")).toArray());
  }

  @Test
  void a_call_without_data_has_none_whatever_the_probe_fetched() {
    assertEquals(IrqSetData.NONE, data(1, 33, "9,9"));
  }

  @Test
  void a_call_that_is_followed_by_another_of_its_thread_has_no_known_result() {
    Reading reading =
        read(
            entry(7, "1.5", fields(2, 0, 0, 33, "")),
            entry(7, "1.6", fields(0, 0, 1, 36, "4")),
            returns(7, "1.7", "0"));
    InterruptsSet first = (InterruptsSet) reading.bodies().getFirst();
    assertEquals(OptionalInt.empty(), first.result());
    assertEquals(0, first.latencyNanos());
    assertEquals(2, reading.operations().size());
  }

  @Test
  void a_call_still_under_way_at_the_end_has_no_known_result() {
    assertEquals(OptionalInt.empty(), only(read(RAW_ENTRY)).result());
  }

  @Test
  void a_return_whose_entry_was_not_seen_is_bad() {
    Reading reading = read(RAW_RETURN);
    assertEquals(
        "thread 168 returns from a call whose entry was not seen",
        reading.badLines().getFirst().reason());
    assertEquals(List.of(), reading.operations());
  }

  @Test
  void lost_entries_are_named_and_leave_the_calls_under_way_unanswered() {
    Reading reading = read(RAW_ENTRY, "CPU:0 [LOST 12 EVENTS]", RAW_RETURN);
    assertEquals(OptionalInt.empty(), ((InterruptsSet) reading.bodies().getFirst()).result());
    assertEquals(
        "the kernel lost 12 entries of its trace buffer on CPU 0: calls are missing here",
        reading.badLines().getFirst().reason());
    assertEquals(List.of(2L, 3L), reading.badLines().stream().map(BadLine::line).toList());
  }

  @Test
  void comments_and_other_events_say_nothing() {
    assertEquals(
        List.of(),
        read(
                "# tracer: nop",
                "#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION",
                "",
                "  bash-12 [000] d..2. 5.000001: sched_switch: prev_comm=bash")
            .parsed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello                                            | expected a line of the kernel's trace
          q-1 [0] ...1. 1.5: set_irqs: index=0             | set_irqs: expected index=, start=,
          q-1 [0] ...1. 1.5: set_irqs_ret: (a <- b)        | set_irqs_ret: expected ret=
          q-1 [0] ...1. 1.5: set_irqs_ret: <- b) ret=maybe | ret: expected a number of at most 64
          q-1 [0] ...1. 1.5: set_irqs_ret: <- b) ret=4294967296 | ret: expected a number from -214
          q-9999999999 [0] ...1. 1.5: set_irqs_ret: ret=0  | the thread: expected a number from 0
          """)
  void a_line_that_is_not_understood_is_bad(String line, String reason) {
    BadLine bad = read("#", line).badLines().getFirst();
    assertEquals(2, bad.line());
    assertTrue(bad.reason().startsWith(reason), bad.reason());
  }

  @Test
  void an_address_that_could_not_be_fetched_is_bad() {
    String fault = RAW_ENTRY.replace("\"0000:00:02.0\"", "(fault)");
    assertEquals(1, read(fault).badLines().size());
    String other = RAW_ENTRY.replace("0000:00:02.0", "elsewhere");
    assertEquals(1, read(other).badLines().size());
  }

  @Test
  void the_calls_under_way_are_bounded() {
    List<String> lines = new ArrayList<>();
    for (int thread = 1; thread <= ProbeCalls.MAX_IN_FLIGHT + 1; thread++) {
      lines.add(entry(thread, "1.5", fields(2, 0, 0, 33, "")));
    }
    lines.add(returns(1, "1.6", "0"));
    Reading reading = Reading.of(RecordingFormat.PROBE, lines);
    assertEquals(ProbeCalls.MAX_IN_FLIGHT + 1, reading.operations().size());
    assertEquals(1, reading.operations().getFirst().actor().pid());
    assertEquals(1, reading.badLines().size());
  }

  private static String releases(int thread, String time) {
    return "qemu-%d [001] ..... %s: vfio_release: (vfio_pci_core_disable+0x4/0x430) bdf=\"0000:00:02.0\""
        .formatted(thread, time);
  }

  @Test
  void the_kernels_own_disable_at_the_last_close_is_a_release() {
    String disable = fields(2, 0, 0, 33, "0");
    Reading reading =
        read(
            entry(7, "1.1", disable),
            returns(7, "1.2", "0"),
            releases(7, "1.3"),
            entry(7, "1.4", disable),
            returns(7, "1.5", "0"));
    assertEquals(List.of(), reading.badLines());
    assertEquals(InterruptsSet.class, reading.bodies().getFirst().getClass());
    assertEquals(new DeviceReleased(DeviceReleased.Cause.CLOSED, null), reading.bodies().get(1));
  }

  @Test
  void a_call_of_another_thread_or_device_is_no_release() {
    String disable = fields(2, 0, 0, 33, "0");
    String other = disable.replace("00:02.0", "00:03.0");
    Reading reading = read(releases(7, "1.3"), entry(8, "1.4", disable), entry(7, "1.5", other));
    assertEquals(2, reading.operations().size());
    reading.bodies().forEach(body -> assertEquals(InterruptsSet.class, body.getClass()));
  }

  @Test
  void an_index_that_no_program_gets_through_with_is_the_release_of_a_device_without_a_mode() {
    Reading reading = read(entry(7, "1.5", fields(5, 0, 0, 33, "0")), returns(7, "1.6", "-25"));
    assertEquals(List.of(new DeviceReleased(DeviceReleased.Cause.CLOSED, null)), reading.bodies());
  }

  @Test
  void the_kernels_account_of_cpu_vectors_is_read() {
    assertEquals(
        new ProbeRecord.Matrix(4_833_583_000L, 2, 383, 16, 19),
        ProbeRecord.read(
            "  holder-310     [000] d..2.     4.833583: irq_matrix_alloc: bit=40 cpu=0 online=1"
                + " avl=191 alloc=10 managed=0 online_maps=2 global_avl=383, global_rsvd=16,"
                + " total_alloc=19"));
    assertEquals(
        new ProbeRecord.Matrix(4_832_803_000L, 2, 384, 14, 18),
        ProbeRecord.read(
            "  holder-310     [000] d..1.     4.832803: irq_matrix_reserve: online_maps=2"
                + " global_avl=384, global_rsvd=14, total_alloc=18"));
  }

  @Test
  void the_recorded_run_is_read_whole() {
    Reading reading = Reading.ofSample(RecordingFormat.PROBE, Samples.QEMU_BOOT_PROBE);
    assertEquals(List.of(), reading.badLines());
    assertEquals(Samples.lines(Samples.QEMU_BOOT_PROBE).size(), 2 * reading.operations().size());
    for (Operation operation : reading.operations()) {
      assertEquals(OptionalInt.of(0), ((InterruptsSet) operation.body()).result());
    }
  }
}
