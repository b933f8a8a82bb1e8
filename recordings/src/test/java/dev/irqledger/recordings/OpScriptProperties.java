package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OpScriptProperties {
  @Property
  void an_operation_written_and_read_is_the_same(@ForAll("ops") Op op) {
    assertEquals(op, OpScript.parse(OpScript.format(op)));
  }

  @Provide
  Arbitrary<Op> ops() {
    return Arbitraries.oneOf(
        Arbitraries.of(new Op.Open(), new Op.Close(), new Op.Reset()),
        Combinators.combine(u32(), u32(), u32(), action(), data()).as(OpScriptProperties::set));
  }

  private static Op set(long index, long start, long count, int action, IrqSetData data) {
    int type =
        switch (data) {
          case IrqSetData.NoData _ -> IrqSetFlags.DATA_NONE;
          case IrqSetData.Bools _ -> IrqSetFlags.DATA_BOOL;
          case IrqSetData.Eventfds _ -> IrqSetFlags.DATA_EVENTFD;
        };
    return new Op.Set(new SetIrqs(index, start, count, type | action, data));
  }

  private static Arbitrary<Long> u32() {
    return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
  }

  private static Arbitrary<Integer> action() {
    return Arbitraries.of(
        IrqSetFlags.ACTION_MASK, IrqSetFlags.ACTION_UNMASK, IrqSetFlags.ACTION_TRIGGER);
  }

  private static Arbitrary<IrqSetData> data() {
    Arbitrary<Integer> fd =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-1, OpScript.EVENTFDS - 1),
            Arbitraries.of(OpScript.CLOSED_FD, OpScript.NOT_AN_EVENTFD));
    return Arbitraries.oneOf(
        Arbitraries.just(IrqSetData.NONE),
        Arbitraries.bytes()
            .between((byte) 0, (byte) 1)
            .array(byte[].class)
            .ofMaxSize(40)
            .map(IrqSetData.Bools::new),
        fd.array(int[].class).ofMaxSize(40).map(IrqSetData.Eventfds::new));
  }
}
