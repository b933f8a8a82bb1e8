package dev.irqledger.wire;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.RecentHashes;
import dev.irqledger.core.state.Tally;
import dev.irqledger.core.state.Uncertainty;
import java.io.IOException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A device's folded state. */
final class StateForm implements RecordForm<FoldedState> {
  private static final InterruptMode[] MODES = InterruptMode.values();
  private static final Uncertainty.Reason[] REASONS = Uncertainty.Reason.values();

  @Override
  public void write(FoldedState folded, FieldWriter out) throws IOException {
    writeUpToVectors(folded.state(), out);
    VectorsForm.write(folded.state().interrupts().vectors(), out);
    writeAfterVectors(folded, out);
  }

  /**
   * Writes a state with these vectors.
   *
   * @param vectors in the place of the state's own, which are not looked at
   */
  static void write(FoldedState folded, EncodedVectors vectors, FieldWriter out)
      throws IOException {
    writeUpToVectors(folded.state(), out);
    vectors.write(out);
    writeAfterVectors(folded, out);
  }

  private static void writeUpToVectors(DeviceState state, FieldWriter out) throws IOException {
    out.device(state.key());
    ProfileForm.write(state.profile(), out);
    out.constant(state.interrupts().mode());
  }

  private static void writeAfterVectors(FoldedState folded, FieldWriter out) throws IOException {
    DeviceState state = folded.state();
    out.out.writeInt(state.interrupts().intxTrigger());
    out.out.writeInt(state.interrupts().errTrigger());
    out.out.writeInt(state.interrupts().reqTrigger());
    writeHead(state.head(), out);
    writeUncertainty(state.uncertainty(), out);
    out.out.writeLong(state.tally().events());
    out.out.writeLong(state.tally().redeliveries());
    out.out.writeLong(state.tally().violations());
    out.out.writeInt(folded.position().partition());
    out.out.writeLong(folded.position().offset());
    out.out.writeLong(folded.position().logTimeMs());
    writePast(state.pastUncertainty(), out);
  }

  @Override
  public FoldedState read(FieldReader in) throws IOException {
    DeviceKey key = in.device();
    Profile profile = ProfileForm.read(in);
    Interrupts interrupts =
        new Interrupts(
            in.constant(MODES),
            VectorsForm.read(in),
            in.in.readInt(),
            in.in.readInt(),
            in.in.readInt());
    LogHead head = readHead(in);
    Uncertainty uncertainty = readUncertainty(in);
    Tally tally = new Tally(in.in.readLong(), in.in.readLong(), in.in.readLong());
    LogPosition position = new LogPosition(in.in.readInt(), in.in.readLong(), in.in.readLong());
    PastUncertainty past = in.present() ? readPast(in) : null;
    return new FoldedState(
        new DeviceState(key, profile, interrupts, head, uncertainty, tally, past), position);
  }

  private static void writeHead(LogHead head, FieldWriter out) throws IOException {
    out.out.writeLong(head.epoch());
    out.out.writeLong(head.sequence());
    out.hash(head.hash());
    long[] recent = head.recent().toArray();
    out.out.writeArrayStart();
    out.out.setItemCount(recent.length);
    for (long start : recent) {
      out.out.startItem();
      out.out.writeLong(start);
    }
    out.out.writeArrayEnd();
    out.uuidOrNull(head.eventId());
    out.out.writeString(head.bootId());
    out.out.writeLong(head.hostTimeMicros());
  }

  private static LogHead readHead(FieldReader in) throws IOException {
    return new LogHead(
        in.in.readLong(),
        in.in.readLong(),
        in.hash(),
        readRecent(in),
        in.uuidOrNull(),
        in.text(),
        in.in.readLong());
  }

  private static RecentHashes readRecent(FieldReader in) throws IOException {
    LongStream.Builder recent = LongStream.builder();
    for (long n = in.in.readArrayStart(); n != 0; n = in.in.arrayNext()) {
      for (long i = 0; i < n; i++) {
        recent.add(in.in.readLong());
      }
    }
    return RecentHashes.of(recent.build().toArray());
  }

  private static void writeUncertainty(@Nullable Uncertainty uncertainty, FieldWriter out)
      throws IOException {
    if (out.present(uncertainty) && uncertainty != null) {
      write(uncertainty, out);
    }
  }

  private static void write(Uncertainty uncertainty, FieldWriter out) throws IOException {
    out.constant(uncertainty.reason());
    out.out.writeLong(uncertainty.sinceEpoch());
    out.out.writeLong(uncertainty.sinceSequence());
    out.out.writeLong(uncertainty.sinceMicros());
  }

  private static @Nullable Uncertainty readUncertainty(FieldReader in) throws IOException {
    return in.present() ? read(in, in.constant(REASONS)) : null;
  }

  private static Uncertainty read(FieldReader in, Uncertainty.Reason reason) throws IOException {
    return new Uncertainty(reason, in.in.readLong(), in.in.readLong(), in.in.readLong());
  }

  private static void writePast(@Nullable PastUncertainty past, FieldWriter out)
      throws IOException {
    if (out.present(past) && past != null) {
      write(past.uncertainty(), out);
      out.out.writeLong(past.untilEpoch());
      out.out.writeLong(past.untilSequence());
      out.out.writeLong(past.untilMicros());
    }
  }

  private static PastUncertainty readPast(FieldReader in) throws IOException {
    return new PastUncertainty(
        read(in, in.constant(REASONS)), in.in.readLong(), in.in.readLong(), in.in.readLong());
  }
}
