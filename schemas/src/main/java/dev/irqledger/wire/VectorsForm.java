package dev.irqledger.wire;

import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorMapBuilder;
import dev.irqledger.core.state.VectorState;
import java.io.IOException;

/** The allocated vectors of a device, rising. */
final class VectorsForm {
  /** As the schema lists them: a free vector is not written. */
  private static final Phase[] PHASES = {Phase.RESERVED, Phase.ARMED, Phase.CACHED};

  private VectorsForm() {}

  static void write(VectorMap vectors, FieldWriter out) throws IOException {
    out.out.writeArrayStart();
    out.out.setItemCount(vectors.counts().allocated());
    for (int vector = vectors.next(0); vector >= 0; vector = vectors.next(vector + 1)) {
      VectorState state = vectors.get(vector);
      if (state != null) {
        out.out.startItem();
        write(vector, state, out);
      }
    }
    out.out.writeArrayEnd();
  }

  static void write(int vector, VectorState state, FieldWriter out) throws IOException {
    out.out.writeInt(vector);
    out.out.writeEnum(
        switch (state.phase()) {
          case RESERVED -> 0;
          case ARMED -> 1;
          case CACHED -> 2;
          case FREE -> throw new AssertionError("a free vector has no state");
        });
    out.out.writeInt(state.irq());
    out.out.writeInt(state.trigger());
    out.out.writeBoolean(state.dynamic());
    out.out.writeLong(state.sinceMicros());
  }

  static VectorMap read(FieldReader in) throws IOException {
    VectorMapBuilder vectors = new VectorMapBuilder(VectorMap.EMPTY);
    int least = 0;
    for (long n = in.in.readArrayStart(); n != 0; n = in.in.arrayNext()) {
      for (long i = 0; i < n; i++) {
        int vector = in.in.readInt();
        if (vector < least || vector >= KernelView.MAX_VECTORS) {
          throw new MalformedBytes(
              "vector " + vector + " is repeated, out of order, or none a device can have");
        }
        vectors.put(vector, readState(in));
        least = vector + 1;
      }
    }
    return vectors.build();
  }

  private static VectorState readState(FieldReader in) throws IOException {
    return new VectorState(
        in.constant(PHASES),
        in.in.readInt(),
        in.in.readInt(),
        in.in.readBoolean(),
        in.in.readLong());
  }
}
