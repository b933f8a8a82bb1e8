package dev.irqledger.core.policy;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls by which whoever opened a device brings it back within a policy.
 *
 * @param calls to be made one after the other; empty where the action does not help
 * @param obstacle why there is none, in words; null where there is one
 */
public record Correction(List<VfioCall> calls, @Nullable String obstacle) {
  /** A device with a trigger on every other vector must not flood its agent. */
  private static final int MOST_CALLS = 64;

  public Correction {
    calls = List.copyOf(calls);
  }

  /** For a device over its budget. */
  public static Correction of(
      EnforcedAction action, DeviceState device, Excess excess, IdleTriggers idle) {
    return switch (action) {
      case NONE -> none("the policy leaves it to people");
      case CLEAR ->
          switch (excess.measure()) {
            case ARMED -> clear(device, excess.held() - excess.limit(), idle);
            case ALLOCATED -> none("a vector that only lost its trigger keeps its irq");
          };
      case DISABLE -> disable(device);
      case CLOSE -> close(device);
    };
  }

  /** For a device with vectors that have no trigger. */
  public static Correction ofIdle(EnforcedAction action, DeviceState device) {
    return switch (action) {
      case NONE -> none("the policy leaves it to people");
      case CLEAR -> none("the vectors have no trigger that could be taken away");
      case DISABLE -> disable(device);
      case CLOSE -> close(device);
    };
  }

  private static Correction clear(DeviceState device, int wanted, IdleTriggers idle) {
    int[] vectors =
        idle.longest(device.interrupts().vectors(), wanted).stream()
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    List<VfioCall> calls = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= vectors.length; i++) {
      if (i == vectors.length || vectors[i] != vectors[i - 1] + 1) {
        IrqIndex index = device.interrupts().mode().index();
        calls.add(clear(index, vectors[from], i - from));
        from = i;
      }
    }
    return calls.isEmpty()
        ? none("every trigger fired while it was watched")
        : by(calls.subList(0, Math.min(calls.size(), MOST_CALLS)));
  }

  private static SetIrqs clear(IrqIndex index, int start, int count) {
    int[] none = new int[count];
    Arrays.fill(none, Eventfd.NONE);
    return SetIrqs.triggers(index, start, none);
  }

  private static Correction disable(DeviceState device) {
    return device.interrupts().mode().hasVectors()
        ? by(List.of(SetIrqs.disable(device.interrupts().mode().index())))
        : none("neither MSI-X nor MSI is enabled");
  }

  private static Correction close(DeviceState device) {
    return device.profile().open() == Profile.Openness.OPEN
        ? by(List.of(new CloseDevice()))
        : none("it is not open");
  }

  private static Correction by(List<VfioCall> calls) {
    return new Correction(calls, null);
  }

  private static Correction none(String obstacle) {
    return new Correction(List.of(), obstacle);
  }
}
