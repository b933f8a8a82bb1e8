package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.event.StateObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelTraceParserTest {
  private static final String HEADER =
      "{'kernel':'6.12.1','device':'nvme','bdf':'0000:01:00.0','pci_id':'0x1b36:0x0010'}";

  private static String step(String op, int ret, String mode, int... vectors) {
    StringBuilder irqs = new StringBuilder();
    for (int vector : vectors) {
      irqs.append(irqs.isEmpty() ? "" : ",")
          .append("{'vector':%d,'irq':%d,'trigger':true}".formatted(vector, 33 + vector));
    }
    return "{'seq':0,'op':'%s','ret':%d,'ns':5,'mode':'%s','irqs':[%s],'signalled':{}}"
        .formatted(op, ret, mode, irqs);
  }

  private static Reading read(String... lines) {
    String text = HEADER + "\n" + String.join("\n", lines);
    return Reading.of(RecordingFormat.KERNEL_TRACE, text.replace('\'', '"'));
  }

  private static @Nullable KernelView view(EventBody body) {
    return switch (body) {
      case InterruptsSet set -> set.after();
      case DeviceReset reset -> reset.after();
      case DeviceReleased released -> released.after();
      case StateObserved observed -> observed.view();
      case DeviceOpened _, CommandRefused _ -> null;
    };
  }

  private static KernelView msix(int from, int to, int... vectors) {
    List<Seen> seen = new ArrayList<>();
    for (int vector : vectors) {
      seen.add(new Seen(vector, 33 + vector, true));
    }
    return new KernelView(InterruptMode.MSIX, from, to, seen);
  }

  @Test
  void an_enable_shows_the_vectors_up_to_its_end() {
    Reading reading = read(step("set 2 1 2 eventfd trigger e0,e1", 0, "msix", 0, 1, 2));
    assertEquals(msix(0, 3, 0, 1, 2), view(reading.bodies().getFirst()));
  }

  @Test
  void a_block_in_the_mode_shows_its_own_vectors() {
    Reading reading =
        read(
            step("set 2 0 4 eventfd trigger e0,e1,e2,e3", 0, "msix", 0, 1, 2, 3),
            step("set 2 1 2 eventfd trigger e4,e5", 0, "msix", 0, 1, 2, 3));
    assertEquals(msix(1, 3, 1, 2), view(reading.bodies().get(1)));
  }

  @Test
  void a_change_elsewhere_widens_what_is_shown() {
    Reading reading =
        read(
            step("set 2 0 4 eventfd trigger e0,e1,e2,e3", 0, "msix", 0, 1, 2, 3),
            step("set 2 1 1 eventfd trigger e4", 0, "msix", 0, 1, 2),
            step("reset", 0, "msix", 0, 2));
    assertEquals(msix(1, 4, 1, 2), view(reading.bodies().get(1)));
    assertEquals(msix(1, 2), view(reading.bodies().get(2)));
  }

  @Test
  void a_disable_shows_that_nothing_is_left_anywhere() {
    Reading reading =
        read(
            step("set 2 0 1 eventfd trigger e0", 0, "msix", 0),
            step("set 2 0 0 none trigger", 0, "none"));
    assertEquals(KernelView.whole(InterruptMode.NONE, List.of()), view(reading.bodies().get(1)));
  }

  @Test
  void a_refused_disable_and_a_reset_show_the_mode_alone() {
    Reading reading =
        read(
            step("set 2 0 1 eventfd trigger e0", 0, "msix", 0),
            step("set 1 0 0 none trigger", -22, "msix", 0),
            step("reset", 0, "msix", 0));
    KernelView modeOnly = KernelView.modeOnly(InterruptMode.MSIX);
    assertEquals(modeOnly, view(reading.bodies().get(1)));
    assertEquals(new DeviceReset(OptionalInt.of(0), 5, modeOnly), reading.bodies().get(2));
  }

  @Test
  void a_nonsense_range_is_cut_to_what_a_device_can_have() {
    Reading reading =
        read(
            step("set 2 0 1 eventfd trigger e0", 0, "msix", 0),
            step("set 2 2000 4294967295 none trigger", -22, "msix", 0),
            step("set 2 4294967295 1 none trigger", -22, "msix", 0));
    assertEquals(msix(2000, 2048), view(reading.bodies().get(1)));
    assertEquals(KernelView.modeOnly(InterruptMode.MSIX), view(reading.bodies().get(2)));
  }

  @Test
  void a_refused_opening_says_why() {
    Reading reading = read(step("open", -16, "none"));
    assertEquals(List.of(new CommandRefused("open failed: -EBUSY")), reading.bodies());
  }

  @Test
  void what_an_event_cannot_carry_is_told_by_the_next_one() {
    Reading reading = read(step("open", -16, "msix", 3), step("reset", 0, "msix", 3));
    assertEquals(2, reading.bodies().size());
    assertEquals(
        new DeviceReset(
            OptionalInt.of(0),
            5,
            new KernelView(InterruptMode.MSIX, 3, 4, List.of(new Seen(3, 36, true)))),
        reading.bodies().get(1));
  }

  @Test
  void a_close_shows_the_whole_device() {
    Reading reading = read(step("close", 0, "none"));
    assertEquals(
        new DeviceReleased(
            DeviceReleased.Cause.CLOSED, KernelView.whole(InterruptMode.NONE, List.of())),
        reading.bodies().getFirst());
  }

  @Test
  void an_operation_has_its_line_and_device_but_no_time_and_no_actor() {
    Operation close = read(step("close", 0, "none")).operations().getFirst();
    assertEquals(2, close.line());
    assertEquals("0000:01:00.0", close.device().text());
    assertEquals(0, close.hostTimeMicros());
    assertEquals(Actor.UNKNOWN, close.actor());
  }

  @Test
  void after_a_bad_line_changes_count_from_the_last_good_one() {
    Reading reading =
        read(
            step("set 2 0 2 eventfd trigger e0,e1", 0, "msix", 0, 1),
            "{'seq':2,'op':'set 2 ",
            step("set 2 0 1 eventfd trigger e2", 0, "msix", 0, 1, 5));
    assertEquals(List.of(3L), reading.badLines().stream().map(BadLine::line).toList());
    assertEquals(msix(0, 6, 0, 1, 5), view(reading.bodies().get(1)));
  }

  @Test
  void an_opening_tells_kernel_and_identity() {
    List<String> lines = Samples.lines(Samples.EXHAUSTION);
    DeviceOpened opened =
        (DeviceOpened) Reading.of(RecordingFormat.KERNEL_TRACE, lines).bodies().getFirst();
    assertEquals("6.12.111+deb12-amd64", opened.kernel().text());
    assertEquals("1b36:0010", opened.identity().pciId());
    assertNull(opened.identity().driver());
  }

  static List<String> traces() {
    return Samples.kernelTraces();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void a_reader_of_the_views_knows_what_the_trace_shows_after_each_step(String sample) {
    KernelTraceReader reader = new KernelTraceReader();
    RecordingParser parser = RecordingFormat.KERNEL_TRACE.newParser();
    ViewReader views = new ViewReader();
    long number = 0;
    for (String line : Samples.lines(sample)) {
      number++;
      parser.line(number, line, parsed -> views.take(((Operation) parsed).body()));
      reader.line(
          number,
          line,
          entry -> {
            if (entry instanceof TraceStep step) {
              assertEquals(step.irqs(), views.irqs(), step.text());
              assertEquals(step.mode(), views.mode(), step.text());
            }
          });
    }
  }
}
