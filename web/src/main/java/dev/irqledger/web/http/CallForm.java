package dev.irqledger.web.http;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call's arguments as they stood.
 *
 * @param fds the descriptors, null for those that nobody saw; null where the call carries none
 */
record CallForm(
    long index, long start, long count, int flags, @Nullable List<@Nullable Integer> fds) {

  /** The call that an event is about; null where it is about none. */
  static @Nullable CallForm of(EventBody body) {
    return body instanceof InterruptsSet set ? of(set.call()) : null;
  }

  private static CallForm of(SetIrqs call) {
    return new CallForm(call.index(), call.start(), call.count(), call.flags(), fds(call.data()));
  }

  private static @Nullable List<@Nullable Integer> fds(IrqSetData data) {
    if (!(data instanceof IrqSetData.Eventfds eventfds)) {
      return null;
    }
    List<@Nullable Integer> fds = new ArrayList<>();
    for (int fd : eventfds.toArray()) {
      fds.add(VectorForm.descriptor(fd));
    }
    return fds;
  }

  /**
   * What a call returned.
   *
   * @param code 0, a positive number, or a negated errno
   * @param name the same in words, such as -ENOSPC
   */
  record Result(int code, String name) {
    /** Null where the event has no result, or nobody saw it. */
    static @Nullable Result of(EventBody body) {
      OptionalInt result =
          switch (body) {
            case InterruptsSet set -> set.result();
            case DeviceReset reset -> reset.result();
            case DeviceOpened _, DeviceReleased _, StateObserved _, CommandRefused _ ->
                OptionalInt.empty();
          };
      return result.isPresent()
          ? new Result(result.getAsInt(), Errno.describe(result.getAsInt()))
          : null;
    }
  }
}
