package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;

/**
 * What a device cannot know and a call's outcome depends on. Modelling fixes it; checking a report
 * asks whether there is one that gives what was reported. All answers are pure: what the same call
 * has taken so far is handed in.
 */
public interface Environment {
  /** The time at which the call is made, on the host's clock in microseconds since 1970. */
  long nowMicros();

  /**
   * Whether the call is turned down before the device sees it.
   *
   * @return 0, or a negated errno such as -EFAULT
   */
  default int refusal() {
    return 0;
  }

  /**
   * Irqs for a range of vectors, asked for when a mode is enabled. They are given all or not at
   * all.
   *
   * @param wanted how many, at least 1
   * @return {@code wanted}, or fewer: how many there are, or a negated errno
   */
  int grant(int wanted);

  /**
   * An irq for one vector.
   *
   * @param vector the vector
   * @param taken how many irqs this call has taken before, less those that it gave back
   * @return the Linux irq number, {@link dev.irqledger.core.state.VectorState#IRQ_UNKNOWN} where it
   *     is not known, or a negated errno
   */
  int allocate(int vector, int taken);

  /**
   * What a descriptor is.
   *
   * @return 0 for an eventfd, {@link Errno#EBADF} or {@link Errno#EINVAL} negated for another
   */
  int eventfd(int fd);

  /**
   * A handler, and with it a CPU vector, for one device vector.
   *
   * @param vector the device's vector
   * @param armed how many handlers this call has requested before, less those that it removed; may
   *     be negative
   * @return 0, or a negated errno
   */
  int handler(int vector, int armed);
}
