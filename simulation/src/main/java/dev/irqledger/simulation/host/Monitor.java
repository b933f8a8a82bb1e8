package dev.irqledger.simulation.host;

import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.ModelledVfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.simulation.fate.Chance;
import java.util.Map;
import java.util.TreeMap;

/** Another program of the host, which uses devices without asking the agent. */
final class Monitor {
  private final ModelledVfio process;
  private final Map<Bdf, Integer> open = new TreeMap<>();
  private int eventfd = -1;

  Monitor(ModelledHost host) {
    this.process = host.startProcess();
  }

  /** Makes a call on a device, where it can. */
  void act(Bdf device, Chance chance) {
    Integer descriptor = open.get(device);
    if (descriptor == null) {
      open(device);
    } else if (chance.oneIn(3)) {
      open.remove(device);
      process.closeDescriptor(descriptor);
    } else {
      if (eventfd < 0) {
        eventfd = process.eventfd();
      }
      SetIrqs call =
          chance.oneIn(4)
              ? SetIrqs.disable(IrqIndex.MSIX)
              : SetIrqs.triggers(IrqIndex.MSIX, chance.below(3), eventfd, -1);
      var _ = process.setIrqs(descriptor, call);
    }
  }

  private void open(Bdf device) {
    try {
      open.put(device, process.openDevice(device));
    } catch (VfioException e) {
      // the agent has it: a VFIO group has one holder
    }
  }

  void close() {
    process.close();
    open.clear();
  }
}
