package dev.irqledger.core.rule;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.state.DeviceState;
import java.util.HashSet;
import java.util.Set;

/**
 * A host with one device. Its pools are as large as the test says, its irqs are numbered by the
 * lowest free number, and what a descriptor is can be told from its number.
 *
 * @param cpuVectors how many vectors can be armed at once
 * @param irtes how many vectors can hold an irq at once
 * @param device the device before the call
 * @param nowMicros the time of the call
 */
public record TestHost(int cpuVectors, int irtes, DeviceState device, long nowMicros)
    implements Environment {
  /** Descriptors below this one are eventfds. */
  public static final int EVENTFDS = 64;

  /** A descriptor that was closed. */
  public static final int CLOSED = 1_000_000;

  /** A descriptor of something that is no eventfd. */
  public static final int NO_EVENTFD = 1_000_001;

  /** The first Linux irq that the host gives away. */
  public static final int FIRST_IRQ = 24;

  @Override
  public int grant(int wanted) {
    int free = irtes - device.counts().allocated();
    return free == 0 ? Errno.ENOSPC.result() : Math.min(wanted, free);
  }

  @Override
  public int allocate(int vector, int taken) {
    if (device.counts().allocated() + taken >= irtes) {
      return Errno.ENOSPC.result();
    }
    Set<Integer> used = new HashSet<>();
    device.interrupts().vectors().forEach((_, state) -> used.add(state.irq()));
    int irq = FIRST_IRQ;
    for (int left = taken; left > 0 || used.contains(irq); irq++) {
      left -= used.contains(irq) ? 0 : 1;
    }
    return irq;
  }

  @Override
  public int eventfd(int fd) {
    if ((fd >= 0 && fd < EVENTFDS) || fd == Eventfd.SOME) {
      return 0;
    }
    return fd == NO_EVENTFD ? Errno.EINVAL.result() : Errno.EBADF.result();
  }

  @Override
  public int handler(int vector, int armed) {
    return device.counts().armed() + armed >= cpuVectors ? Errno.ENOSPC.result() : 0;
  }
}
