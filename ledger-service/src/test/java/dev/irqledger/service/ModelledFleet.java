package dev.irqledger.service;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** Hosts and devices that behave as the kernel's rules say, and report what they do. */
final class ModelledFleet {
  private static final KernelRelease KERNEL = new KernelRelease("6.12.0");
  private static final DeviceCapabilities CAPABILITIES =
      new DeviceCapabilities(
          List.of(
              new IrqIndexInfo(1, 7),
              new IrqIndexInfo(4, 9),
              new IrqIndexInfo(32, 1),
              new IrqIndexInfo(1, 9),
              new IrqIndexInfo(1, 9)));

  private final EventCodec codec = EventCodec.releasedOnly();
  private final Map<DeviceKey, DeviceState> devices = new HashMap<>();
  private final Map<String, EventSealer> sealers = new HashMap<>();
  private final Map<String, Integer> lastIrq = new HashMap<>();
  private long nowMicros = 1_790_000_000_000_000L;
  private long ids;

  static DeviceKey device(String host, int slot) {
    return new DeviceKey(host, new Bdf("0000:%02x:00.0".formatted(slot)));
  }

  DeviceState state(DeviceKey device) {
    return devices.getOrDefault(device, DeviceState.unseen(device));
  }

  SealedEvent open(DeviceKey device, String vm, String unit) {
    act(device, new OpenDevice(KERNEL, CAPABILITIES));
    DeviceIdentity identity = new DeviceIdentity("1b36:0010", 1, unit, null, "vfio-pci");
    return seal(device, vm, new DeviceOpened(KERNEL, CAPABILITIES, identity));
  }

  SealedEvent set(DeviceKey device, String vm, SetIrqs call) {
    return seal(device, vm, done(device, call));
  }

  /** Makes the call; the event that tells it is still to be sealed. */
  InterruptsSet done(DeviceKey device, SetIrqs call) {
    Outcome outcome = act(device, call);
    return new InterruptsSet(call, OptionalInt.of(outcome.result()), 900, view(outcome.state()));
  }

  SealedEvent close(DeviceKey device, String vm) {
    act(device, new CloseDevice());
    return seal(device, vm, new DeviceReleased(DeviceReleased.Cause.CLOSED, view(state(device))));
  }

  private Outcome act(DeviceKey device, VfioCall call) {
    nowMicros += 1000;
    AmpleHost host =
        new AmpleHost(nowMicros, lastIrq.getOrDefault(device.host(), AmpleHost.FIRST_IRQ));
    Outcome outcome = VfioPciModel.apply(state(device), call, ReleasePolicy.KERNEL, host);
    devices.put(device, outcome.state());
    lastIrq.put(device.host(), host.lastIrq());
    return outcome;
  }

  SealedEvent seal(DeviceKey device, String vm, EventBody body) {
    return seal(device, vm, Source.AGENT_CALL, body);
  }

  SealedEvent seal(DeviceKey device, String vm, Source source, EventBody body) {
    Actor actor = new Actor(vm, null, 4711, "qemu-system-x86", null);
    return sealer(device.host()).seal(new UUID(7, ++ids), device, source, actor, nowMicros, body);
  }

  private EventSealer sealer(String host) {
    return sealers.computeIfAbsent(
        host, _ -> new EventSealer(codec, 1, "boot", KnownHeads.FIRST_EPOCH));
  }

  /** The host's agent starts anew. */
  void newEpoch(String host, long epoch) {
    KnownHeads heads = sealer(host).heads();
    sealers.put(host, new EventSealer(codec, epoch, "boot", heads));
  }

  static KernelView view(DeviceState state) {
    List<KernelView.Seen> seen = new ArrayList<>();
    state
        .interrupts()
        .vectors()
        .forEach((number, vector) ->
            seen.add(new KernelView.Seen(number, vector.irq(), vector.armed())));
    return KernelView.whole(state.interrupts().mode(), seen);
  }
}
