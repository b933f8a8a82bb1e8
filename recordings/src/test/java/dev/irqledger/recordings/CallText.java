package dev.irqledger.recordings;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;

/**
 * An event in so few letters that a table can hold it: {@code 2-} disables index 2; {@code 2+5: S
 * N} sets its vectors 5 and 6, the first to some eventfd and the second to none; {@code open 65,1}
 * has 65 MSI-X vectors and flags 1, {@code open ?} unknown ones.
 */
final class CallText {
  private CallText() {}

  static String of(EventBody body) {
    return switch (body) {
      case DeviceOpened opened -> "open " + msix(opened.capabilities());
      case InterruptsSet set -> of(set.call());
      case DeviceReset _ -> "reset";
      case DeviceReleased _ -> "close";
      case StateObserved _ -> "observed";
      case CommandRefused _ -> "refused";
    };
  }

  private static String msix(DeviceCapabilities capabilities) {
    IrqIndexInfo msix = capabilities.of(IrqIndex.MSIX);
    return msix.known() ? msix.count() + "," + msix.flags() : "?";
  }

  private static String of(SetIrqs call) {
    if (call.dataIs(IrqSetFlags.DATA_NONE)) {
      return call.index() + "-";
    }
    StringBuilder text = new StringBuilder(call.index() + "+" + call.start() + ":");
    for (int i = 0; i < call.count(); i++) {
      text.append(Eventfd.removes(call.fd(i)) ? " N" : " S");
    }
    return text.toString();
  }
}
