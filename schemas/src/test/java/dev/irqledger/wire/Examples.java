package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.RecentHashes;
import dev.irqledger.core.state.Tally;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** One value of each kind. The golden files hold their bytes: they are never changed. */
final class Examples {
  static final DeviceKey DEVICE = new DeviceKey("rack1-node7.example", new Bdf("0000:01:00.0"));
  static final UUID ID = UUID.fromString("019aa000-1234-7abc-8def-0123456789ab");
  static final EventHash HASH = new EventHash(0x0123456789abcdefL, 2, -3, 4);

  private static final DeviceCapabilities CAPABILITIES =
      new DeviceCapabilities(
          List.of(
              new IrqIndexInfo(1, 7),
              new IrqIndexInfo(1, 9),
              new IrqIndexInfo(2048, 1),
              new IrqIndexInfo(1, 9),
              IrqIndexInfo.UNSEEN));

  private static final DeviceIdentity IDENTITY =
      new DeviceIdentity("1b36:0010", 17, "dmar0", new Bdf("0000:01:00.7"), "vfio-pci");

  private static final KernelView VIEW =
      new KernelView(
          InterruptMode.MSIX,
          0,
          4,
          List.of(new KernelView.Seen(0, 55, true), new KernelView.Seen(3, 58, false)));

  private Examples() {}

  /** An event of each body, by the name of its golden file. */
  static Map<String, InterruptEvent> events() {
    Map<String, InterruptEvent> events = new LinkedHashMap<>();
    events.put(
        "device-opened",
        event(new DeviceOpened(new KernelRelease("6.12.111"), CAPABILITIES, IDENTITY)));
    events.put(
        "interrupts-set",
        event(
            new InterruptsSet(
                SetIrqs.triggers(IrqIndex.MSIX, 1, 40, Eventfd.NONE, Eventfd.SOME, Eventfd.UNSEEN),
                OptionalInt.of(-28),
                12_345,
                VIEW)));
    events.put("device-reset", event(new DeviceReset(OptionalInt.empty(), 0, null)));
    events.put("device-released", event(new DeviceReleased(DeviceReleased.Cause.AGENT_DIED, null)));
    events.put("state-observed", event(new StateObserved(VIEW)));
    events.put("command-refused", event(new CommandRefused("over the budget of vm web-3")));
    return events;
  }

  static InterruptEvent event(EventBody body) {
    return new InterruptEvent(
        ID,
        DEVICE,
        "3f0c2a1e-7d55-4d8e-9b0a-2f6f1f9f4f10",
        3,
        41,
        HASH,
        false,
        Source.AGENT_CALL,
        new Actor("web-3", new UUID(1, 2), 4711, "qemu-system-x86", new UUID(3, 4)),
        1_790_000_000_123_456L,
        body,
        EventHash.NONE);
  }

  /** A state in which no part has its initial value. */
  static FoldedState state() {
    VectorMap vectors =
        VectorMap.EMPTY
            .with(0, new VectorState(Phase.ARMED, 55, 40, false, 1_790_000_000_000_001L))
            .with(1, new VectorState(Phase.CACHED, 56, Eventfd.NONE, false, 0))
            .with(2047, new VectorState(Phase.RESERVED, 0, Eventfd.NONE, true, 7));
    return new FoldedState(
        new DeviceState(
            DEVICE,
            new Profile(
                new KernelRelease("6.12.111"),
                CAPABILITIES,
                KernelGeneration.DYNAMIC,
                IDENTITY,
                Profile.Openness.OPEN),
            new Interrupts(InterruptMode.MSIX, vectors, Eventfd.NONE, Eventfd.SOME, 9),
            new LogHead(3, 41, HASH, RecentHashes.of(1, -2, 3), ID, "boot", 1_790_000_000_123_456L),
            new Uncertainty(Uncertainty.Reason.AMBIGUOUS_CALL, 3, 40, 5),
            new Tally(40, 2, 1),
            new PastUncertainty(
                new Uncertainty(Uncertainty.Reason.EVENTS_MISSING, 2, 7, 3), 2, 9, 4)),
        new LogPosition(5, 1_000_000, 1_790_000_000_124L));
  }

  /** What version 1 had to say of the same. */
  static FoldedState stateOfVersion1() {
    DeviceState now = state().state();
    return new FoldedState(
        new DeviceState(
            now.key(),
            now.profile(),
            now.interrupts(),
            now.head(),
            now.uncertainty(),
            now.tally(),
            null),
        state().position());
  }
}
