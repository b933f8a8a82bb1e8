package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.rule.Environment;
import java.util.function.IntUnaryOperator;

/** What a modelled host can give to one call. Lives as long as the call. */
final class HostEnvironment implements Environment {
  private final Pools pools;
  private final IntUnaryOperator eventfds;
  private final long nowMicros;
  private int handedOut;
  private int lastNumber = Pools.FIRST_IRQ - 1;

  /**
   * @param eventfds what a descriptor of the calling process is: 0 for an eventfd, else a negated
   *     errno
   */
  HostEnvironment(Pools pools, IntUnaryOperator eventfds, long nowMicros) {
    this.pools = pools;
    this.eventfds = eventfds;
    this.nowMicros = nowMicros;
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  @Override
  public int grant(int wanted) {
    int free = pools.freeIrtes();
    if (wanted <= free) {
      return wanted;
    }
    return free > 0 ? free : Errno.ENOSPC.result();
  }

  @Override
  public int allocate(int vector, int taken) {
    return taken < pools.freeIrtes() ? number(taken) : Errno.ENOSPC.result();
  }

  @Override
  public int eventfd(int fd) {
    return eventfds.applyAsInt(fd);
  }

  @Override
  public int handler(int vector, int armed) {
    return armed < pools.freeCpuVectors() ? 0 : Errno.ENOSPC.result();
  }

  /** The irq number for the call's allocation of that rank; most calls ask in rising order. */
  private int number(int rank) {
    if (rank < handedOut) {
      handedOut = 0;
      lastNumber = Pools.FIRST_IRQ - 1;
    }
    while (handedOut <= rank) {
      lastNumber = pools.freeNumber(lastNumber + 1);
      handedOut++;
    }
    return lastNumber;
  }
}
