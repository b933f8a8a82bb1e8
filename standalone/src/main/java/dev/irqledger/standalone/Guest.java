package dev.irqledger.standalone;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.recordings.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** A virtual machine with one passed-through device: the calls that its monitor makes, in order. */
final class Guest {
  /** With QEMU's INTx eventfd, which is none of a vector. */
  private static final int INTX_EVENTFD = 33;

  private final VmmStyle style;
  private final int vectors;
  private final Random random;
  private final Deque<Op> coming = new ArrayDeque<>();
  private boolean on;

  /**
   * @param vectors how many the guest's driver wants, 1 to 32
   */
  Guest(VmmStyle style, int vectors, Random random) {
    this.style = style;
    this.vectors = vectors;
    this.random = random;
  }

  /** The next call. */
  Op next() {
    if (coming.isEmpty()) {
      coming.addAll(on ? some() : start());
    }
    return coming.removeFirst();
  }

  private List<Op> start() {
    on = true;
    Deque<Op> ops = new ArrayDeque<>(List.of(new Op.Open(), new Op.Reset()));
    ops.addAll(boot());
    return List.copyOf(ops);
  }

  /** Firmware uses INTx; then the guest's driver takes its vectors. */
  private List<Op> boot() {
    Deque<Op> ops = new ArrayDeque<>();
    ops.add(new Op.Set(SetIrqs.triggers(IrqIndex.INTX, 0, INTX_EVENTFD)));
    ops.add(new Op.Set(SetIrqs.disable(IrqIndex.INTX)));
    ops.addAll(style.enable(vectors));
    return List.copyOf(ops);
  }

  /** Mostly a vector that moves to another CPU of the guest; at times more. */
  private List<Op> some() {
    int dice = random.nextInt(1000);
    if (dice < 985) {
      int vector = random.nextInt(vectors);
      return List.of(VmmStyle.clear(vector), VmmStyle.arm(vector, 1));
    }
    if (dice < 990) {
      return List.of(VmmStyle.clear(random.nextInt(vectors)));
    }
    if (dice < 997) {
      Deque<Op> reboot = new ArrayDeque<>(List.of(VmmStyle.disable(), new Op.Reset()));
      reboot.addAll(boot());
      return List.copyOf(reboot);
    }
    if (dice < 999) {
      return List.of(new Op.Set(SetIrqs.triggers(IrqIndex.ERR, 0, INTX_EVENTFD + 1, Eventfd.NONE)));
    }
    on = false;
    return List.of(VmmStyle.disable(), new Op.Close());
  }
}
