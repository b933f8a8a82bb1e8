package dev.irqledger.replay.step;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.wire.FoldedState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event of a device and what it made of the device.
 *
 * @param index which of the device's events it is, from 0
 * @param record where it is in the log
 * @param event the event
 * @param earlier the device before it
 * @param folded the device after it, what changed, and the rules that it breaks
 */
public record Step(
    int index, LogRecord record, InterruptEvent event, DeviceState earlier, Folded folded) {
  /** The device after the event, as a replay up to it gives it. */
  public FoldedState state() {
    return new FoldedState(folded.state(), record.position());
  }

  /** The vector before the event; null for a free one. */
  public @Nullable VectorState before(int vector) {
    return earlier.interrupts().vectors().get(vector);
  }

  /** The vector after the event; null for a free one. */
  public @Nullable VectorState after(int vector) {
    return folded.state().interrupts().vectors().get(vector);
  }

  /** Whether the event made something else of that vector. */
  public boolean changed(int vector) {
    return !Objects.equals(before(vector), after(vector));
  }
}
