package dev.irqledger.core.fold;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.Eventfd;
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
import dev.irqledger.core.rule.TestDevice;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Events whose fields have nothing to do with each other. */
final class GarbageArbitraries {
  private GarbageArbitraries() {}

  static Arbitrary<InterruptEvent> events() {
    return Combinators.combine(
            numbers(), numbers(), hashes(), hashes(), bools(), numbers(), bodies())
        .as((epoch, sequence, previous, own, lost, micros, body) ->
            new InterruptEvent(
                new UUID(epoch, sequence),
                TestDevice.KEY,
                lost ? "" : "boot",
                epoch,
                sequence,
                previous,
                lost,
                Source.IMPORTED,
                Actor.UNKNOWN,
                micros,
                body,
                own));
  }

  static Arbitrary<EventBody> bodies() {
    Arbitrary<KernelView> views = views().injectNull(0.3);
    return Arbitraries.frequencyOf(
        Tuple.of(2, opened()),
        Tuple.of(
            12, Combinators.combine(calls(), results(), numbers(), views).as(InterruptsSet::new)),
        Tuple.of(1, Combinators.combine(results(), numbers(), views).as(DeviceReset::new)),
        Tuple.of(
            1,
            Combinators.combine(Arbitraries.of(DeviceReleased.Cause.values()), views)
                .as(DeviceReleased::new)),
        Tuple.of(1, views().map(StateObserved::new)),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(3).map(CommandRefused::new)));
  }

  private static Arbitrary<EventBody> opened() {
    Arbitrary<IrqIndexInfo> infos =
        Combinators.combine(
                Arbitraries.of(-7, -1, 0, 1, 8, 2048, 2049, 5000, Integer.MAX_VALUE),
                Arbitraries.of(0, 1, 9, -1))
            .as(IrqIndexInfo::new);
    Arbitrary<KernelRelease> releases =
        Arbitraries.of("", "6.1.0", "6.12", "99999.1", "six", "6.5\n", "0.0")
            .map(KernelRelease::new);
    return Combinators.combine(releases, infos.list().ofSize(5).map(DeviceCapabilities::new))
        .as((release, capable) -> new DeviceOpened(release, capable, DeviceIdentity.UNKNOWN));
  }

  private static Arbitrary<SetIrqs> calls() {
    Arbitrary<Long> u32 =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.longs().between(0, 5)),
            Tuple.of(1, Arbitraries.of(2040L, 2047L, 2048L, 2049L, 4999L, 4294967295L)));
    Arbitrary<Integer> flags =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(33, 34, 36)),
            Tuple.of(1, Arbitraries.integers().between(0, 64)),
            Tuple.of(1, Arbitraries.of(-1, Integer.MIN_VALUE)));
    return Combinators.combine(u32, u32, u32, flags, data()).as(SetIrqs::new);
  }

  private static Arbitrary<IrqSetData> data() {
    Arbitrary<Integer> fds =
        Arbitraries.of(
            0, 5, -1, -2, Eventfd.SOME, Eventfd.UNSEEN, Integer.MAX_VALUE, Integer.MIN_VALUE + 2);
    return Arbitraries.oneOf(
        Arbitraries.just(IrqSetData.NONE),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(6).map(IrqSetData.Bools::new),
        fds.array(int[].class).ofMaxSize(6).map(IrqSetData.Eventfds::new),
        Arbitraries.just(IrqSetData.Eventfds.seenInPart(new int[] {3, -1}, 5000)));
  }

  private static Arbitrary<OptionalInt> results() {
    return Arbitraries.oneOf(
        Arbitraries.just(OptionalInt.empty()),
        Arbitraries.of(
                0, 1, 3, 9000, -9, -14, -22, -25, -28, -34, Integer.MIN_VALUE, Integer.MAX_VALUE)
            .map(OptionalInt::of));
  }

  private static Arbitrary<KernelView> views() {
    Arbitrary<Integer> vectors =
        Arbitraries.oneOf(Arbitraries.integers().between(0, 6), Arbitraries.of(2040, 2047));
    Arbitrary<Integer> irqs = Arbitraries.of(24, 25, 26, 0, -3, Integer.MIN_VALUE);
    Arbitrary<List<KernelView.Seen>> seen =
        Arbitraries.maps(vectors, Combinators.combine(irqs, bools()).as(Tuple::of))
            .ofMaxSize(5)
            .map(map ->
                map.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(e ->
                        new KernelView.Seen(e.getKey(), e.getValue().get1(), e.getValue().get2()))
                    .toList());
    return Combinators.combine(Arbitraries.of(InterruptMode.values()), seen, bools())
        .as(GarbageArbitraries::view);
  }

  private static KernelView view(InterruptMode mode, List<KernelView.Seen> seen, boolean whole) {
    return whole || seen.isEmpty()
        ? KernelView.whole(mode, seen)
        : new KernelView(mode, seen.getFirst().vector(), seen.getLast().vector() + 1, seen);
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.longs().between(0, 4)),
        Tuple.of(1, Arbitraries.of(-1L, 40L, Long.MAX_VALUE, Long.MIN_VALUE)));
  }

  private static Arbitrary<EventHash> hashes() {
    return Arbitraries.longs().between(0, 6).map(a -> new EventHash(a, 0, 0, 0));
  }

  private static Arbitrary<Boolean> bools() {
    return Arbitraries.of(true, false);
  }
}
