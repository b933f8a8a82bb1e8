package dev.irqledger.core.whatif;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.LogWriter;
import dev.irqledger.core.fold.Witness;
import dev.irqledger.core.rule.Environment;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.rule.TestHost;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import java.util.ArrayList;
import java.util.List;

/** Devices of one host that draw on the same pools, and the log that a witness writes of them. */
final class SharedHost {
  private static final int IRQS_PER_DEVICE = 3_000;

  private final PoolSizes sizes;
  private final Witness witness;
  private final List<DeviceState> devices = new ArrayList<>();
  private final List<LogWriter> writers = new ArrayList<>();
  private long micros = 1_000_000;

  SharedHost(PoolSizes sizes, Witness witness, int count) {
    this.sizes = sizes;
    this.witness = witness;
    for (int i = 0; i < count; i++) {
      devices.add(DeviceState.unseen(key(i)));
      writers.add(new LogWriter(key(i)));
    }
  }

  static DeviceKey key(int device) {
    return new DeviceKey(TestDevice.KEY.host(), new Bdf("0000:0%d:00.0".formatted(device + 1)));
  }

  /** What the kernel would do with the call, and the event that tells of it. */
  InterruptEvent make(int device, VfioCall call) {
    micros += 1_000;
    DeviceState before = devices.get(device);
    Outcome outcome =
        VfioPciModel.apply(before, call, ReleasePolicy.KERNEL, new Pools(device, held()));
    devices.set(device, outcome.state());
    return writers.get(device).write(witness.tell(new Life.Step(call, outcome, micros)), micros);
  }

  private VectorCounts held() {
    return devices.stream().map(DeviceState::counts).reduce(VectorCounts.ZERO, VectorCounts::plus);
  }

  private final class Pools implements Environment {
    private final int device;
    private final VectorCounts held;

    Pools(int device, VectorCounts held) {
      this.device = device;
      this.held = held;
    }

    @Override
    public long nowMicros() {
      return micros;
    }

    @Override
    public int grant(int wanted) {
      int free = sizes.irtes() - held.allocated();
      return free <= 0 ? Errno.ENOSPC.result() : Math.min(wanted, free);
    }

    @Override
    public int allocate(int vector, int taken) {
      return held.allocated() + taken >= sizes.irtes()
          ? Errno.ENOSPC.result()
          : TestHost.FIRST_IRQ + device * IRQS_PER_DEVICE + vector;
    }

    @Override
    public int eventfd(int fd) {
      return new TestHost(0, 0, devices.get(device), micros).eventfd(fd);
    }

    @Override
    public int handler(int vector, int armed) {
      return held.armed() + armed >= sizes.cpuVectors() ? Errno.ENOSPC.result() : 0;
    }
  }
}
