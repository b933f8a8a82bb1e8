package dev.irqledger.core.whatif;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.Environment;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a call that is answered anew: descriptors, memory and refusals are as the call
 * met them in the log, and whether a pool is empty depends on what is in use now.
 */
final class PooledEnvironment implements Environment {
  private static final int ENOSPC = Errno.ENOSPC.result();

  private final Environment met;
  private final VectorCounts held;
  private final KnownPool.Room cpuVectors;
  private final KnownPool.Room irtes;
  private @Nullable Pool empty;

  /**
   * @param met what the call met in the log
   * @param held what all devices of the host hold before it
   */
  PooledEnvironment(
      Environment met, VectorCounts held, KnownPool.Room cpuVectors, KnownPool.Room irtes) {
    this.met = met;
    this.held = held;
    this.cpuVectors = cpuVectors;
    this.irtes = irtes;
  }

  /** The pool that was found empty; null where none was. */
  @Nullable Pool empty() {
    return empty;
  }

  @Override
  public long nowMicros() {
    return met.nowMicros();
  }

  @Override
  public int refusal() {
    return met.refusal();
  }

  @Override
  public int grant(int wanted) {
    int answer = met.grant(wanted);
    if (answer < 0 && answer != ENOSPC) {
      return answer;
    }
    if (irtes.has(wanted - 1, held.allocated() + wanted - 1)) {
      return wanted;
    }
    empty = Pool.REMAPPING_ENTRIES;
    int free = irtes.free(held.allocated());
    return free > 0 ? free : ENOSPC;
  }

  @Override
  public int allocate(int vector, int taken) {
    int answer = met.allocate(vector, taken);
    if (answer < 0 && answer != ENOSPC) {
      return answer;
    }
    if (irtes.has(vector, held.allocated() + taken)) {
      return Math.max(answer, VectorState.IRQ_UNKNOWN);
    }
    empty = Pool.REMAPPING_ENTRIES;
    return ENOSPC;
  }

  @Override
  public int eventfd(int fd) {
    return met.eventfd(fd);
  }

  @Override
  public int handler(int vector, int armed) {
    int answer = met.handler(vector, armed);
    if (answer < 0 && answer != ENOSPC) {
      return answer;
    }
    if (cpuVectors.has(vector, held.armed() + armed)) {
      return 0;
    }
    empty = Pool.CPU_VECTORS;
    return ENOSPC;
  }
}
