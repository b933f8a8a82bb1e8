package dev.irqledger.agent.guest;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.recordings.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a virtual machine monitor sets up MSI-X while its guest unmasks one vector after the other.
 * Source: {@code hw/vfio/pci.c} of QEMU 7.2 and 8.2.
 */
enum VmmStyle {
  /** For each further vector everything is freed, and allocated again with one more. */
  REENABLES,
  /** MSI-X is enabled once, and grows with the first trigger of each vector. */
  GROWS,
  /** All vectors get their triggers by the call that enables MSI-X. */
  AT_ONCE;

  /**
   * The calls by which a guest's driver gets its vectors armed.
   *
   * @param vectors how many, at least 1
   */
  List<Op> enable(int vectors) {
    List<Op> ops = new ArrayList<>();
    switch (this) {
      case REENABLES -> {
        for (int n = 1; n <= vectors; n++) {
          if (n > 1) {
            ops.add(disable());
          }
          ops.add(arm(0, n));
        }
      }
      case GROWS -> {
        ops.add(new Op.Set(SetIrqs.triggers(IrqIndex.MSIX, 0, Eventfd.NONE)));
        for (int vector = 0; vector < vectors; vector++) {
          ops.add(arm(vector, 1));
        }
      }
      case AT_ONCE -> ops.add(arm(0, vectors));
    }
    return ops;
  }

  static Op disable() {
    return new Op.Set(SetIrqs.disable(IrqIndex.MSIX));
  }

  /** Each vector has an eventfd of its own, whose number is the vector's. */
  static Op arm(int first, int count) {
    int[] eventfds = IntStream.range(first, first + count).toArray();
    return new Op.Set(SetIrqs.triggers(IrqIndex.MSIX, first, eventfds));
  }

  static Op clear(int vector) {
    return new Op.Set(SetIrqs.triggers(IrqIndex.MSIX, vector, Eventfd.NONE));
  }
}
