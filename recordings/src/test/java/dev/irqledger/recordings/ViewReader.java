package dev.irqledger.recordings;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.event.StateObserved;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Knows of a device only what the views of its events said. */
final class ViewReader {
  private final TreeMap<Integer, Seen> irqs = new TreeMap<>();
  private InterruptMode mode = InterruptMode.NONE;

  void take(EventBody body) {
    switch (body) {
      case DeviceOpened _ -> apply(KernelView.whole(InterruptMode.NONE, List.of()));
      case InterruptsSet set -> apply(set.after());
      case DeviceReset reset -> apply(reset.after());
      case DeviceReleased released -> apply(released.after());
      case StateObserved observed -> apply(observed.view());
      case CommandRefused _ -> {}
    }
  }

  private void apply(@Nullable KernelView view) {
    if (view != null) {
      mode = view.mode();
      irqs.keySet().removeIf(view::covers);
      view.allocated().forEach(seen -> irqs.put(seen.vector(), seen));
    }
  }

  List<Seen> irqs() {
    return List.copyOf(irqs.values());
  }

  InterruptMode mode() {
    return mode;
  }
}
