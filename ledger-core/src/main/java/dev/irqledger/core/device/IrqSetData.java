package dev.irqledger.core.device;

import java.util.Arrays;

/** What follows the header of {@code struct vfio_irq_set}: nothing, bytes, or descriptors. */
public sealed interface IrqSetData {
  NoData NONE = new NoData();

  /** How many elements are there. */
  int length();

  /** DATA_NONE. */
  record NoData() implements IrqSetData {
    @Override
    public int length() {
      return 0;
    }
  }

  /** DATA_BOOL: one byte for each interrupt; any value but 0 is true. */
  final class Bools implements IrqSetData {
    private final byte[] values;

    public Bools(byte... values) {
      this.values = values.clone();
    }

    @Override
    public int length() {
      return values.length;
    }

    public boolean at(int i) {
      return values[i] != 0;
    }

    public byte[] toArray() {
      return values.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Bools other && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Bools" + Arrays.toString(values);
    }
  }

  /** DATA_EVENTFD: one number for each interrupt, written as {@link Eventfd} says. */
  final class Eventfds implements IrqSetData {
    private final int[] fds;

    public Eventfds(int... fds) {
      this.fds = fds.clone();
    }

    /** The first numbers of {@code length}, the rest of which the observer did not see. */
    public static Eventfds seenInPart(int[] seen, int length) {
      int[] fds = Arrays.copyOf(seen, length);
      if (seen.length < length) {
        Arrays.fill(fds, seen.length, length, Eventfd.UNSEEN);
      }
      return new Eventfds(fds);
    }

    @Override
    public int length() {
      return fds.length;
    }

    public int at(int i) {
      return fds[i];
    }

    public int[] toArray() {
      return fds.clone();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Eventfds other && Arrays.equals(fds, other.fds);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(fds);
    }

    @Override
    public String toString() {
      return "Eventfds" + Arrays.toString(fds);
    }
  }
}
