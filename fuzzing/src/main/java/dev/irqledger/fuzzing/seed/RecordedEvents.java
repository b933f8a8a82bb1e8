package dev.irqledger.fuzzing.seed;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.RecordingFormat;
import dev.irqledger.recordings.RecordingParser;
import dev.irqledger.recordings.Samples;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/** Events of a device that a real kernel was asked for, as the recordings tell them. */
public final class RecordedEvents {
  private static final String RECORDING = "kernel-6.12/nvme-021.jsonl";
  private static final int HOW_MANY = 12;
  private static final long EPOCH = 3;
  private static final long HOST_TIME_MICROS = 1_790_000_000_123_456L;
  private static final DeviceKey DEVICE = new DeviceKey("hv-1", new Bdf("0000:01:00.0"));

  private static final List<EventBody> BODIES = bodies();

  private RecordedEvents() {}

  private static List<EventBody> bodies() {
    List<EventBody> bodies = new ArrayList<>();
    RecordingParser parser = RecordingFormat.KERNEL_TRACE.newParser();
    long number = 0;
    for (String line : Samples.lines(RECORDING).subList(0, HOW_MANY)) {
      parser.line(
          ++number,
          line,
          parsed -> {
            if (parsed instanceof Operation operation) {
              bodies.add(operation.body());
            }
          });
    }
    bodies.add(new CommandRefused("over the budget of vm web-3"));
    bodies.add(new DeviceReset(OptionalInt.empty(), 0, null));
    for (EventBody body : List.copyOf(bodies)) {
      if (body instanceof InterruptsSet set && set.after() != null) {
        bodies.add(new StateObserved(set.after()));
        break;
      }
    }
    return List.copyOf(bodies);
  }

  /** Events with their bytes. */
  public static Stream<SealedEvent> sealed() {
    EventSealer sealer =
        new EventSealer(EventCodec.releasedOnly(), EPOCH, "boot", KnownHeads.FIRST_EPOCH);
    List<SealedEvent> sealed = new ArrayList<>();
    for (int i = 0; i < BODIES.size(); i++) {
      sealed.add(
          sealer.seal(
              new UUID(EPOCH, i),
              DEVICE,
              Source.AGENT_CALL,
              Actor.process(4711, "qemu-system-x86"),
              HOST_TIME_MICROS + i,
              BODIES.get(i)));
    }
    return sealed.stream();
  }

  /** The device after each of them. */
  public static Stream<DeviceState> states() {
    List<DeviceState> states = new ArrayList<>();
    DeviceState state = DeviceState.unseen(DEVICE);
    for (SealedEvent event : sealed().toList()) {
      state = Ledger.fold(state, event.event()).state();
      states.add(state);
    }
    return states.stream();
  }

  /** Events of that device that follow that one. */
  public static List<InterruptEvent> of(DeviceKey device, LogHead after) {
    List<InterruptEvent> events = new ArrayList<>();
    for (int i = 0; i < BODIES.size(); i++) {
      events.add(event(device, after.epoch(), after.sequence() + 1 + i, BODIES.get(i)));
    }
    return events;
  }

  private static InterruptEvent event(DeviceKey device, long epoch, long sequence, EventBody body) {
    return new InterruptEvent(
        new UUID(epoch, sequence),
        device,
        "boot",
        epoch,
        sequence,
        EventHash.NONE,
        false,
        Source.AGENT_CALL,
        Actor.UNKNOWN,
        HOST_TIME_MICROS,
        body,
        new EventHash(epoch, sequence, 3, 4));
  }

  /** That device, with vectors in use; its first epoch. */
  public static DeviceState used(DeviceKey device) {
    DeviceState state = DeviceState.unseen(device);
    for (int i = 0; i < BODIES.size(); i++) {
      state = Ledger.fold(state, event(device, 1, 1 + i, BODIES.get(i))).state();
    }
    return state;
  }
}
