package dev.irqledger.recordings;

import dev.irqledger.core.event.Actor;
import java.util.function.Consumer;

/**
 * Reads the text of a probe on the kernel's {@code vfio_pci_set_irqs_ioctl} (in {@code
 * drivers/vfio/pci/vfio_pci_core.c}), in the form of tracefs's {@code trace} and {@code
 * trace_pipe}.
 *
 * <p>A call is an entry and a return of the same thread; the operation comes out at the return, so
 * in the order in which the calls ended, with the entry's line number and the return's time. Where
 * the return was not seen, the result stays unknown. The times are microseconds since the host's
 * boot, not of the day: the buffer knows no other.
 *
 * <p>The kernel's own disable at a device's last close goes through the same function. It is a
 * release where the recording holds the event {@code vfio_release} too, or where the device had no
 * mode; else it looks here like any other call.
 */
public final class ProbeParser implements RecordingParser {
  private final ProbeCalls calls = new ProbeCalls();

  @Override
  public void line(long number, String text, Consumer<? super Parsed> sink) {
    switch (ProbeRecord.read(text)) {
      case ProbeRecord.Entered entered ->
          calls.entered(number, entered, call -> sink.accept(operation(call)));
      case ProbeRecord.Returned returned -> returned(number, text, returned, sink);
      case ProbeRecord.Releasing releasing -> calls.releasing(releasing);
      case ProbeRecord.Lost lost -> {
        end(sink);
        sink.accept(new BadLine(number, text, lost.text() + ": calls are missing here"));
      }
      case ProbeRecord.Unreadable(String reason) -> sink.accept(new BadLine(number, text, reason));
      case ProbeRecord.Matrix _, ProbeRecord.Other _ -> {} // of no device
    }
  }

  @Override
  public void end(Consumer<? super Parsed> sink) {
    calls.giveUp(call -> sink.accept(operation(call)));
  }

  private void returned(
      long number, String text, ProbeRecord.Returned returned, Consumer<? super Parsed> sink) {
    ProbeCall call = calls.returned(returned);
    sink.accept(
        call == null
            ? new BadLine(
                number,
                text,
                "thread " + returned.thread() + " returns from a call whose entry was not seen")
            : operation(call));
  }

  private static Operation operation(ProbeCall call) {
    ProbeRecord.Entered entry = call.entry();
    return new Operation(
        call.line(),
        entry.device(),
        call.nanos() / 1000,
        Actor.process(entry.thread(), entry.command()),
        call.body());
  }
}
