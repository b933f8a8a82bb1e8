package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One run, seen by QEMU and by the kernel: the table from QEMU's lines to calls is right where both
 * tell the same.
 */
class RecordingsAgreeTest {
  private record Call(long index, long start, long count, int flags, List<Boolean> removes) {
    static Call of(SetIrqs call) {
      List<Boolean> removes =
          IntStream.range(0, call.data().length())
              .mapToObj(i -> Eventfd.removes(call.fd(i)))
              .toList();
      return new Call(call.index(), call.start(), call.count(), call.flags(), removes);
    }
  }

  private static List<Call> calls(RecordingFormat format, String sample) {
    return Reading.ofSample(format, sample).bodies().stream()
        .filter(InterruptsSet.class::isInstance)
        .map(body -> Call.of(((InterruptsSet) body).call()))
        .filter(call -> call.index() <= IrqIndex.MSIX.number())
        .toList();
  }

  @Test
  void qemu_and_the_kernel_tell_the_same_calls_of_the_same_run() {
    List<Call> kernel = calls(RecordingFormat.PROBE, Samples.QEMU_BOOT_PROBE);
    List<Call> qemu = calls(RecordingFormat.QEMU_TRACE, Samples.QEMU_BOOT_TRACE);
    // The kernel itself disables the device at its last close, of which QEMU knows nothing.
    assertEquals(kernel.subList(0, kernel.size() - 1), qemu);
    assertEquals(Call.of(SetIrqs.disable(IrqIndex.INTX)), kernel.getLast());
  }

  @Test
  void qemus_log_also_tells_of_the_opening_and_the_reset() {
    List<String> bodies =
        Reading.ofSample(RecordingFormat.QEMU_TRACE, Samples.QEMU_BOOT_TRACE).bodies().stream()
            .map(CallText::of)
            .toList();
    assertEquals("open 65,1", bodies.getFirst());
    assertEquals(
        List.of("0+0: S", "0-", "reset", "0+0: S", "0-", "2+0: N", "2+0: S", "2-"),
        bodies.subList(1, 9));
  }
}
