package dev.irqledger.service.topology;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.LogPosition;
import org.jspecify.annotations.Nullable;

/** What can change the pressure on a host. */
sealed interface HostInput {
  /** Which host. */
  String host();

  /**
   * One of its devices was folded on.
   *
   * @param event the event; it may have left the state alone
   * @param vm the virtual machine that the event names; null where it names none
   * @param position the event's
   */
  record DeviceMoved(
      InterruptEvent event,
      DeviceState before,
      DeviceState after,
      @Nullable String vm,
      LogPosition position)
      implements HostInput {
    @Override
    public String host() {
      return after.key().host();
    }
  }

  /** Its agent told another capacity; what it told is in the store. */
  record CapacityChanged(String host) implements HostInput {}
}
