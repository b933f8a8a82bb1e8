package dev.irqledger.core.policy;

import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.rule.Environment;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorState;

/** What a call would take if the kernel granted it everything. */
public final class Foresight {
  private Foresight() {}

  /** How many more vectors of each phase the device would have; negative for fewer. */
  public static VectorCounts growth(DeviceState device, SetIrqs call) {
    return VfioPciModel.apply(device, call, ReleasePolicy.KERNEL, Ample.INSTANCE)
        .state()
        .counts()
        .minus(device.counts());
  }

  /** A host that never runs out, and a caller all of whose descriptors are eventfds. */
  private enum Ample implements Environment {
    INSTANCE;

    @Override
    public long nowMicros() {
      return 0; // counts do not depend on it
    }

    @Override
    public int grant(int wanted) {
      return wanted;
    }

    @Override
    public int allocate(int vector, int taken) {
      return VectorState.IRQ_UNKNOWN;
    }

    @Override
    public int eventfd(int fd) {
      return 0;
    }

    @Override
    public int handler(int vector, int armed) {
      return 0;
    }
  }
}
