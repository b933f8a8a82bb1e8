package dev.irqledger.agent.guest;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.recordings.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A virtual machine with one passed-through device: the calls that its monitor makes, in order. */
public final class Guest {
  /** More vectors than that no guest wants here. */
  public static final int MOST_VECTORS = 32;

  private static final List<VmmStyle> STYLES = List.of(VmmStyle.values());

  /** With QEMU's INTx eventfd, which is none of a vector. */
  private static final int INTX_EVENTFD = 33;

  private final VmmStyle style;
  private final int vectors;
  private final Random random;
  private final Deque<Op> coming = new ArrayDeque<>();
  private boolean on;

  /**
   * @param vectors how many the guest's driver wants, 1 to {@link #MOST_VECTORS}
   */
  Guest(VmmStyle style, int vectors, Random random) {
    this.style = style;
    this.vectors = vectors;
    this.random = random;
  }

  /** A guest of any kind. */
  public static Guest any(Random random) {
    VmmStyle style = STYLES.get(random.nextInt(STYLES.size()));
    return new Guest(style, 1 + random.nextInt(MOST_VECTORS), new Random(random.nextLong()));
  }

  /**
   * Where on its host a guest's device is.
   *
   * @param number of the guest, from 0 to 8,191
   */
  public static Bdf slot(int number) {
    return new Bdf("0000:%02x:%02x.%d".formatted(number >> 8, number >> 3 & 0x1f, number & 7));
  }

  /**
   * The monitor of a guest, as the log names it.
   *
   * @param host the host's number
   * @param number the guest's on that host
   */
  public static Actor monitor(int host, int number) {
    return new Actor(
        "vm-%d-%d".formatted(host, number),
        new UUID(host, number),
        1000 + number,
        "qemu-system-x86",
        null);
  }

  /** The next call. */
  public Op next() {
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
