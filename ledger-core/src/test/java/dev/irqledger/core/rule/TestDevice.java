package dev.irqledger.core.rule;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.state.DeviceState;
import java.util.List;

/** A device that the model keeps, on a {@link TestHost}. Each call takes a millisecond. */
public final class TestDevice {
  public static final DeviceKey KEY = new DeviceKey("host-1", new Bdf("0000:01:00.0"));
  public static final int PLENTY = 100_000;

  private static final int MSI_VECTORS = 4;
  private static final IrqIndexInfo SINGLE = new IrqIndexInfo(1, IrqIndexInfo.EVENTFD);

  private final ReleasePolicy policy;
  private final int cpuVectors;
  private final int irtes;
  private DeviceState state = DeviceState.unseen(KEY);
  private long nowMicros = 1_000_000;

  private TestDevice(ReleasePolicy policy, int cpuVectors, int irtes) {
    this.policy = policy;
    this.cpuVectors = cpuVectors;
    this.irtes = irtes;
  }

  /** A device that was never opened, on a host with those pools. */
  public static TestDevice on(int cpuVectors, int irtes) {
    return new TestDevice(ReleasePolicy.KERNEL, cpuVectors, irtes);
  }

  /** An open device with 4 MSI and 8 MSI-X vectors, on a host that never runs out. */
  public static TestDevice opened(KernelGeneration generation) {
    return opened(generation, ReleasePolicy.KERNEL);
  }

  public static TestDevice opened(KernelGeneration generation, ReleasePolicy policy) {
    TestDevice device = new TestDevice(policy, PLENTY, PLENTY);
    device.make(opening(generation, 8));
    return device;
  }

  /** The opening of a device that has those rules and so many MSI-X vectors. */
  public static OpenDevice opening(KernelGeneration generation, int msixVectors) {
    int growth = generation == KernelGeneration.DYNAMIC ? 0 : IrqIndexInfo.NORESIZE;
    return new OpenDevice(
        new KernelRelease(
            generation == KernelGeneration.LEGACY ? "6.1.176+deb12-amd64" : "6.12.111"),
        new DeviceCapabilities(
            List.of(
                new IrqIndexInfo(1, IrqIndexInfo.EVENTFD | IrqIndexInfo.MASKABLE),
                new IrqIndexInfo(MSI_VECTORS, IrqIndexInfo.EVENTFD | IrqIndexInfo.NORESIZE),
                new IrqIndexInfo(msixVectors, IrqIndexInfo.EVENTFD | growth),
                SINGLE,
                SINGLE)));
  }

  /** Makes the call and keeps what it leaves. */
  public Outcome make(VfioCall call) {
    nowMicros += 1_000;
    Outcome outcome =
        VfioPciModel.apply(state, call, policy, new TestHost(cpuVectors, irtes, state, nowMicros));
    state = outcome.state();
    return outcome;
  }

  /** Makes calls written as {@link CallText} reads them, one after the other, parted by ';'. */
  public TestDevice given(String calls) {
    CallText.parseAll(calls).forEach(this::make);
    return this;
  }

  public DeviceState state() {
    return state;
  }

  /** The time of the latest call. */
  public long nowMicros() {
    return nowMicros;
  }
}
