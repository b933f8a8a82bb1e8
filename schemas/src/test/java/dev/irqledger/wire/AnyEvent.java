package dev.irqledger.wire;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.IrqSetData;
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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Arbitrary events of all bodies, and their parts. */
final class AnyEvent {
  private AnyEvent() {}

  static Arbitrary<InterruptEvent> any() {
    return Combinators.combine(
            Combinators.combine(uuid(), device(), text(), number(), number()).as(Start::new),
            hash(),
            Arbitraries.of(true, false),
            Arbitraries.of(Source.class),
            actor(),
            number(),
            body())
        .as((start, hash, lost, source, actor, time, body) ->
            new InterruptEvent(
                start.id,
                start.device,
                start.bootId,
                start.epoch,
                start.sequence,
                hash,
                lost,
                source,
                actor,
                time,
                body,
                EventHash.NONE));
  }

  private record Start(UUID id, DeviceKey device, String bootId, long epoch, long sequence) {}

  static Arbitrary<EventBody> body() {
    return Arbitraries.oneOf(opened(), set(), reset(), released(), observed(), refused());
  }

  private static Arbitrary<DeviceOpened> opened() {
    return Combinators.combine(text().map(KernelRelease::new), capabilities(), identity())
        .as(DeviceOpened::new);
  }

  private static Arbitrary<InterruptsSet> set() {
    return Combinators.combine(call(), result(), number(), view().injectNull(0.3))
        .as(InterruptsSet::new);
  }

  private static Arbitrary<DeviceReset> reset() {
    return Combinators.combine(result(), number(), view().injectNull(0.3)).as(DeviceReset::new);
  }

  private static Arbitrary<DeviceReleased> released() {
    return Combinators.combine(Arbitraries.of(DeviceReleased.Cause.class), view().injectNull(0.3))
        .as(DeviceReleased::new);
  }

  private static Arbitrary<StateObserved> observed() {
    return view().map(StateObserved::new);
  }

  private static Arbitrary<CommandRefused> refused() {
    return text().map(CommandRefused::new);
  }

  static Arbitrary<DeviceCapabilities> capabilities() {
    return Combinators.combine(Arbitraries.integers(), Arbitraries.integers())
        .as(IrqIndexInfo::new)
        .list()
        .ofSize(5)
        .map(DeviceCapabilities::new);
  }

  static Arbitrary<DeviceIdentity> identity() {
    return Combinators.combine(
            text().injectNull(0.3),
            Arbitraries.integers().injectNull(0.3),
            text().injectNull(0.3),
            bdf().injectNull(0.3),
            text().injectNull(0.3))
        .as(DeviceIdentity::new);
  }

  private static Arbitrary<SetIrqs> call() {
    Arbitrary<Long> u32 = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    return Combinators.combine(u32, u32, u32, Arbitraries.integers(), data()).as(SetIrqs::new);
  }

  private static Arbitrary<IrqSetData> data() {
    return Arbitraries.oneOf(
        Arbitraries.just(IrqSetData.NONE),
        Arbitraries.bytes().array(byte[].class).map(IrqSetData.Bools::new),
        Arbitraries.integers().array(int[].class).map(IrqSetData.Eventfds::new));
  }

  private static Arbitrary<OptionalInt> result() {
    return Arbitraries.integers()
        .optional()
        .map(o -> o.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }

  private static Arbitrary<KernelView> view() {
    Arbitrary<Integer> vectors = Arbitraries.integers().between(0, KernelView.MAX_VECTORS - 1);
    return Combinators.combine(
            Arbitraries.of(InterruptMode.class),
            vectors.set().ofMaxSize(40),
            Arbitraries.integers().list().ofSize(40),
            Arbitraries.of(true, false))
        .as(AnyEvent::view);
  }

  private static KernelView view(
      InterruptMode mode, Iterable<Integer> vectors, List<Integer> irqs, boolean armed) {
    List<Integer> rising = new ArrayList<>();
    vectors.forEach(rising::add);
    rising.sort(null);
    List<KernelView.Seen> seen = new ArrayList<>();
    for (int vector : rising) {
      seen.add(new KernelView.Seen(vector, irqs.get(seen.size()), armed ^ vector % 3 == 0));
    }
    return KernelView.whole(mode, seen);
  }

  private static Arbitrary<Actor> actor() {
    return Combinators.combine(
            text().injectNull(0.3),
            uuid().injectNull(0.3),
            Arbitraries.integers(),
            text().injectNull(0.3),
            uuid().injectNull(0.3))
        .as(Actor::new);
  }

  static Arbitrary<DeviceKey> device() {
    StringArbitrary host =
        Arbitraries.strings().alpha().numeric().withChars('.').ofMinLength(0).ofMaxLength(80);
    return Combinators.combine(host.map(rest -> "h" + rest), bdf()).as(DeviceKey::new);
  }

  private static Arbitrary<Bdf> bdf() {
    return Arbitraries.integers()
        .between(0, 0xFFFF)
        .map(n -> new Bdf("%05x:%02x:%02x.%d".formatted(n, n & 0xFF, n & 0x1F, n & 7)));
  }

  static Arbitrary<EventHash> hash() {
    return Combinators.combine(number(), number(), number(), number()).as(EventHash::new);
  }

  static Arbitrary<UUID> uuid() {
    return Combinators.combine(number(), number()).as(UUID::new);
  }

  static Arbitrary<Long> number() {
    return Arbitraries.longs();
  }

  /** Any text that UTF-8 can hold: all but lone surrogates. */
  static Arbitrary<String> text() {
    return Arbitraries.strings()
        .withCharRange('\0', '\uD7FF')
        .withCharRange('\uE000', '\uFFFF')
        .ofMaxLength(90);
  }
}
