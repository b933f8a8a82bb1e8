package dev.irqledger.core.fold;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Linux irq that two devices of a host have, as far as the log tells. That breaks {@link
 * Rule#IRQ_UNIQUE_ON_HOST} only where it is certain, and the log's order among devices is not that
 * of the kernel: a device may have given the irq up before the other one got it, and be told later.
 * Of a device that the agent holds, each operation is told before the next one is made. So where it
 * is told of the first device, after the second one got the irq, that it made an operation and has
 * the irq still, both had it.
 *
 * @param irq the number
 * @param vector the vector of the device that had it first
 * @param other the device that got it later
 * @param otherVector its vector
 */
public record SharedIrq(int irq, int vector, Bdf other, int otherVector) {
  /**
   * Whether an event tells of a device that the agent made an operation on it, so that it counts as
   * evidence. What the agent refused, or tried without having the device open, tells nothing of it.
   */
  public static boolean isEvidence(InterruptEvent event, DeviceState after) {
    return event.source() == Source.AGENT_CALL && !after.uncertain() && reached(event.body());
  }

  private static boolean reached(EventBody body) {
    return switch (body) {
      case InterruptsSet set -> set.result().orElse(0) != Errno.EBADF.result();
      case DeviceReset reset -> reset.result().orElse(0) != Errno.EBADF.result();
      case DeviceOpened _, DeviceReleased _, StateObserved _ -> true;
      case CommandRefused _ -> false;
    };
  }

  /**
   * What an event of the device that had the irq first shows.
   *
   * @param event an event after the one by which the other device got the irq
   * @param after the device after it
   * @return null where it shows no breach
   */
  public @Nullable Violation brokenAt(InterruptEvent event, DeviceState after) {
    VectorState state = after.interrupts().vectors().get(vector);
    boolean has = state != null && state.irq() == irq;
    return has && isEvidence(event, after)
        ? Violation.of(
            Rule.IRQ_UNIQUE_ON_HOST,
            event,
            List.of(vector),
            "vector " + vector + ": an irq of its own",
            "vector " + vector + ": irq " + irq + ", as vector " + otherVector + " of " + other)
        : null;
  }
}
