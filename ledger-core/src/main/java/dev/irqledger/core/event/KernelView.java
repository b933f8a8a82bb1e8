package dev.irqledger.core.event;

import dev.irqledger.core.device.InterruptMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel shows of a device's vectors in sysfs: of the vectors {@code from} to {@code to -
 * 1} exactly these are allocated. Sources: {@code msi_irqs}, {@code /sys/kernel/irq/N/hwirq} and
 * {@code actions}.
 *
 * @param mode the mode in use
 * @param from the first vector looked at
 * @param to one past the last vector looked at, at most {@link #MAX_VECTORS}
 * @param allocated the allocated vectors of the range, rising
 */
public record KernelView(InterruptMode mode, int from, int to, List<Seen> allocated) {
  /** The most vectors a PCI device can have: the size limit of an MSI-X table. */
  public static final int MAX_VECTORS = 2048;

  /** What is shown of a device that no VFIO driver has. */
  public static final KernelView NOTHING = whole(InterruptMode.NONE, List.of());

  /**
   * One allocated vector.
   *
   * @param vector its index in the device's table, 0 to 2047
   * @param irq its Linux irq number; anything but a positive one breaks a rule
   * @param armed whether a handler is attached
   */
  public record Seen(int vector, int irq, boolean armed) {}

  /**
   * @throws IllegalArgumentException if the range is none, or a vector lies outside of it, or the
   *     vectors do not rise
   */
  public KernelView {
    if (from < 0 || to < from || to > MAX_VECTORS) {
      throw new IllegalArgumentException("not a range of vectors: " + from + " to " + (to - 1));
    }
    allocated = List.copyOf(allocated);
    int least = from;
    for (Seen seen : allocated) {
      if (seen.vector < least || seen.vector >= to) {
        throw new IllegalArgumentException(
            "vector " + seen.vector + " is repeated, out of order, or not in the range");
      }
      least = seen.vector + 1;
    }
  }

  /** What is shown of all vectors. */
  public static KernelView whole(InterruptMode mode, List<Seen> allocated) {
    return new KernelView(mode, 0, MAX_VECTORS, allocated);
  }

  /** The mode alone: no vector was looked at. */
  public static KernelView modeOnly(InterruptMode mode) {
    return new KernelView(mode, 0, 0, List.of());
  }

  /** What is shown of a vector; null where it is free or was not looked at. */
  public @Nullable Seen seen(int vector) {
    int low = 0;
    int high = allocated.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Seen seen = allocated.get(middle);
      if (seen.vector == vector) {
        return seen;
      }
      if (seen.vector < vector) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  public boolean covers(int vector) {
    return vector >= from && vector < to;
  }
}
