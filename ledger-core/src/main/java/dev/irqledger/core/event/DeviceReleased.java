package dev.irqledger.core.event;

import org.jspecify.annotations.Nullable;

/**
 * The device's last descriptor is gone, and with it every irq.
 *
 * @param cause why
 * @param after what the kernel shows after it; null where nobody looked
 */
public record DeviceReleased(Cause cause, @Nullable KernelView after) implements EventBody {
  /** Why a device was released. */
  public enum Cause {
    /** Its holder closed it, or ended. */
    CLOSED,
    /** The agent that held it died; the kernel closed its descriptors. */
    AGENT_DIED,
    /** The host booted anew. */
    HOST_REBOOTED
  }
}
