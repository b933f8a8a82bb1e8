package dev.irqledger.core.whatif;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.rule.Environment;
import dev.irqledger.core.rule.Trial;
import dev.irqledger.core.state.VectorCounts;

/** The environment that a call met in the log, with a note of what was asked of the pools. */
final class LoggedEnvironment implements Environment {
  private final Environment met;
  private final VectorCounts held;
  private final Requests cpuVectors = new Requests();
  private final Requests irtes = new Requests();

  /**
   * @param held what the host's devices held in the log before the call
   */
  LoggedEnvironment(Trial trial, VectorCounts held) {
    this.met = trial.environment();
    this.held = held;
  }

  Requests cpuVectors() {
    return cpuVectors;
  }

  Requests irtes() {
    return irtes;
  }

  /**
   * What an enable shows that failed as a whole. A positive result is how many entries there were;
   * an -ENOSPC does not tell the pool, nor at which vector: CPU vectors are supposed to have run
   * out at the last one that may be, unless what is known of them already fits. Had it been the
   * entries, it would have returned how many are left.
   */
  void noteFailedEnable(SetIrqs call, int result, int knownCpuVectors, int knownIrtes) {
    if (result > 0) {
      irtes.ranOutAt(held.allocated() + result);
    } else if (result == Errno.ENOSPC.result()) {
      int arming = arming(call);
      if (arming == 0 || knownIrtes == held.allocated()) {
        irtes.ranOutAt(held.allocated());
      } else {
        boolean fits = knownCpuVectors >= held.armed() && knownCpuVectors < held.armed() + arming;
        cpuVectors.ranOutAt(fits ? knownCpuVectors : held.armed() + arming - 1);
        irtes.showed(held.allocated() + (int) (call.start() + call.count()));
      }
    }
  }

  private static int arming(SetIrqs call) {
    int arming = 0;
    for (int i = 0; i < Math.min(call.count(), call.data().length()); i++) {
      arming += Eventfd.mayArm(call.fd(i)) ? 1 : 0;
    }
    return arming;
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
    return met.grant(wanted);
  }

  @Override
  public int allocate(int vector, int taken) {
    int irq = met.allocate(vector, taken);
    irtes.note(vector, held.allocated() + taken, irq);
    return irq;
  }

  @Override
  public int eventfd(int fd) {
    return met.eventfd(fd);
  }

  @Override
  public int handler(int vector, int armed) {
    int answer = met.handler(vector, armed);
    cpuVectors.note(vector, held.armed() + armed, answer);
    return answer;
  }
}
