package dev.irqledger.core.rule;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.state.DeviceState;
import java.util.ArrayList;
import java.util.List;

/**
 * A device's life: what is done to it, and on what host.
 *
 * @param generation whose rules hold
 * @param cpuVectors how many vectors can be armed at once
 * @param irtes how many vectors can hold an irq at once
 * @param calls what is done; the first opens the device
 */
public record Life(KernelGeneration generation, int cpuVectors, int irtes, List<VfioCall> calls) {
  /**
   * A call with what came of it.
   *
   * @param call the call
   * @param outcome what the rules made of it
   * @param micros when it was made, in microseconds since 1970
   */
  public record Step(VfioCall call, Outcome outcome, long micros) {
    public DeviceState before() {
      return outcome.before();
    }

    public DeviceState after() {
      return outcome.state();
    }
  }

  /** A life on a host that never runs out, its calls written as {@link CallText} reads them. */
  public static Life of(KernelGeneration generation, int msixVectors, String calls) {
    List<VfioCall> all = new ArrayList<>();
    all.add(TestDevice.opening(generation, msixVectors));
    all.addAll(CallText.parseAll(calls));
    return new Life(generation, TestDevice.PLENTY, TestDevice.PLENTY, all);
  }

  /** Lets the rules run through it. */
  public List<Step> steps() {
    TestDevice device = TestDevice.on(cpuVectors, irtes);
    List<Step> steps = new ArrayList<>();
    for (VfioCall call : calls) {
      Outcome outcome = device.make(call);
      steps.add(new Step(call, outcome, device.nowMicros()));
    }
    return steps;
  }
}
