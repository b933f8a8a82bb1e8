package dev.irqledger.core.rule;

import static dev.irqledger.core.device.IrqSetFlags.ACTION_TRIGGER;
import static dev.irqledger.core.device.IrqSetFlags.DATA_BOOL;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Random calls and random lives of devices. Most calls mean something; a few are nonsense. */
public final class CallArbitraries {
  /** How many MSI-X vectors the devices have. */
  public static final int MSIX_VECTORS = 16;

  private static final List<Long> ODD_NUMBERS = List.of(1L, 3L, 15L, 16L, 17L, 2048L, 4294967295L);

  private CallArbitraries() {}

  /** Lives on hosts of every generation, with pools that run out and pools that do not. */
  public static Arbitrary<Life> lives(int mostCalls) {
    Arbitrary<KernelGeneration> generations =
        Arbitraries.of(KernelGeneration.DYNAMIC, KernelGeneration.FIXED, KernelGeneration.LEGACY);
    Arbitrary<Integer> pools =
        Arbitraries.oneOf(
            Arbitraries.just(TestDevice.PLENTY), Arbitraries.integers().between(0, 12));
    return Combinators.combine(generations, pools, pools)
        .flatAs((generation, cpuVectors, irtes) ->
            calls(generation, mostCalls)
                .map(calls -> new Life(generation, cpuVectors, irtes, calls)));
  }

  private static Arbitrary<List<VfioCall>> calls(KernelGeneration generation, int most) {
    OpenDevice open = TestDevice.opening(generation, MSIX_VECTORS);
    return steps(open)
        .list()
        .ofMaxSize(most)
        .map(
            steps -> Stream.concat(Stream.of(open), steps.stream().flatMap(List::stream)).toList());
  }

  private static Arbitrary<List<VfioCall>> steps(OpenDevice open) {
    return Arbitraries.frequencyOf(
        Tuple.of(28, vectorCalls(IrqIndex.MSIX, 12).map(List::of)),
        Tuple.of(6, vectorCalls(IrqIndex.MSI, 5).map(List::of)),
        Tuple.of(3, Arbitraries.of(IrqIndex.MSI, IrqIndex.MSIX).map(off -> off(off))),
        Tuple.of(4, single().map(List::of)),
        Tuple.of(2, nonsense().map(List::of)),
        Tuple.of(1, Arbitraries.just(List.of(new ResetDevice()))),
        Tuple.of(1, Arbitraries.just(List.of(new CloseDevice(), open))),
        Tuple.of(1, Arbitraries.of(List.of(open), List.of(new CloseDevice()))));
  }

  private static List<VfioCall> off(IrqIndex index) {
    return List.of(SetIrqs.disable(index));
  }

  /** Sets, clears, blocks and loopbacks on vectors below {@code most}. */
  private static Arbitrary<VfioCall> vectorCalls(IrqIndex index, int most) {
    Arbitrary<Integer> starts = Arbitraries.integers().between(0, most - 1);
    Arbitrary<Integer> counts = Arbitraries.integers().between(0, most / 2);
    return Arbitraries.frequencyOf(
        Tuple.of(4, blocks(index, Arbitraries.just(0), most / 2)),
        Tuple.of(4, blocks(index, starts, most / 2)),
        Tuple.of(5, starts.map(start -> SetIrqs.triggers(index, start, 7))),
        Tuple.of(4, starts.map(start -> SetIrqs.triggers(index, start, Eventfd.NONE))),
        Tuple.of(1, Combinators.combine(starts, counts).as((s, c) -> signal(index, s, c))),
        Tuple.of(1, Combinators.combine(starts, counts).as((s, c) -> bools(index, s, c))));
  }

  private static Arbitrary<VfioCall> blocks(IrqIndex index, Arbitrary<Integer> starts, int most) {
    return Combinators.combine(starts, fds().array(int[].class).ofMinSize(0).ofMaxSize(most))
        .as((start, fds) -> SetIrqs.triggers(index, start, fds));
  }

  private static Arbitrary<Integer> fds() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, Arbitraries.integers().between(0, TestHost.EVENTFDS - 1)),
        Tuple.of(3, Arbitraries.just(Eventfd.NONE)),
        Tuple.of(1, Arbitraries.of(TestHost.CLOSED, TestHost.NO_EVENTFD)));
  }

  private static Arbitrary<VfioCall> single() {
    Arbitrary<IrqIndex> indexes = Arbitraries.of(IrqIndex.INTX, IrqIndex.ERR, IrqIndex.REQ);
    return Arbitraries.frequencyOf(
        Tuple.of(4, Combinators.combine(indexes, fds()).as((i, fd) -> SetIrqs.triggers(i, 0, fd))),
        Tuple.of(2, indexes.map(SetIrqs::disable)),
        Tuple.of(1, indexes.map(index -> signal(index, 0, 1))),
        Tuple.of(1, indexes.map(index -> bools(index, 0, 1))));
  }

  private static SetIrqs signal(IrqIndex index, int start, int count) {
    return new SetIrqs(index.number(), start, count, DATA_NONE | ACTION_TRIGGER, IrqSetData.NONE);
  }

  private static SetIrqs bools(IrqIndex index, int start, int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (i & 1);
    }
    return new SetIrqs(
        index.number(), start, count, DATA_BOOL | ACTION_TRIGGER, new IrqSetData.Bools(values));
  }

  /** Arguments without regard to each other. */
  public static Arbitrary<VfioCall> nonsense() {
    Arbitrary<Long> numbers =
        Arbitraries.oneOf(Arbitraries.longs().between(0, 4), Arbitraries.of(ODD_NUMBERS));
    Arbitrary<Integer> flags =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 63),
            Arbitraries.of(DATA_EVENTFD | ACTION_TRIGGER, DATA_NONE | ACTION_TRIGGER, 1 << 31));
    Arbitrary<Tuple2<Long, Long>> ranges = Combinators.combine(numbers, numbers).as(Tuple::of);
    return Combinators.combine(numbers, ranges, flags, data())
        .as((index, range, flag, data) ->
            new SetIrqs(index, range.get1(), range.get2(), flag, data));
  }

  private static Arbitrary<IrqSetData> data() {
    return Arbitraries.oneOf(
        Arbitraries.just(IrqSetData.NONE),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(4).map(IrqSetData.Bools::new),
        fds().array(int[].class).ofMaxSize(4).map(IrqSetData.Eventfds::new));
  }
}
