package dev.irqledger.wire;

import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The arguments of a call. */
final class CallForm {
  private static final int NOTHING = 0;
  private static final int BOOLS = 1;
  private static final int EVENTFDS = 2;
  private static final int BRANCHES = 3;

  private CallForm() {}

  static void write(SetIrqs call, FieldWriter out) throws IOException {
    out.out.writeLong(call.index());
    out.out.writeLong(call.start());
    out.out.writeLong(call.count());
    out.out.writeInt(call.flags());
    switch (call.data()) {
      case IrqSetData.NoData() -> {
        out.out.writeIndex(NOTHING);
        out.out.writeNull();
      }
      case IrqSetData.Bools bools -> {
        out.out.writeIndex(BOOLS);
        out.out.writeBytes(bools.toArray());
      }
      case IrqSetData.Eventfds fds -> {
        out.out.writeIndex(EVENTFDS);
        writeFds(fds, out);
      }
    }
  }

  static SetIrqs read(FieldReader in) throws IOException {
    return new SetIrqs(
        in.in.readLong(),
        in.in.readLong(),
        in.in.readLong(),
        in.in.readInt(),
        switch (in.branch(BRANCHES)) {
          case NOTHING -> {
            in.in.readNull();
            yield IrqSetData.NONE;
          }
          case BOOLS -> readBools(in);
          case EVENTFDS -> readFds(in);
          default -> throw new AssertionError("not among the branches");
        });
  }

  private static IrqSetData readBools(FieldReader in) throws IOException {
    ByteBuffer bytes = in.in.readBytes(null);
    byte[] values = new byte[bytes.remaining()];
    bytes.get(values);
    return new IrqSetData.Bools(values);
  }

  private static void writeFds(IrqSetData.Eventfds fds, FieldWriter out) throws IOException {
    out.out.writeArrayStart();
    out.out.setItemCount(fds.length());
    for (int i = 0; i < fds.length(); i++) {
      out.out.startItem();
      out.out.writeInt(fds.at(i));
    }
    out.out.writeArrayEnd();
  }

  private static IrqSetData readFds(FieldReader in) throws IOException {
    int[] fds = new int[0];
    int filled = 0;
    for (long n = in.in.readArrayStart(); n != 0; n = in.in.arrayNext()) {
      int needed = Math.addExact(filled, Math.toIntExact(n));
      if (needed > fds.length) {
        // Many small blocks must not cost a copy each.
        fds = Arrays.copyOf(fds, filled == 0 ? needed : Math.max(needed, 2 * filled));
      }
      while (filled < needed) {
        fds[filled++] = in.in.readInt();
      }
    }
    return new IrqSetData.Eventfds(filled == fds.length ? fds : Arrays.copyOf(fds, filled));
  }
}
