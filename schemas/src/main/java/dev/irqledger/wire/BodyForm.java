package dev.irqledger.wire;

import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import java.io.IOException;
import java.util.OptionalInt;

/** The union of the six kinds of event, by the number of its branch. */
final class BodyForm {
  private static final int OPENED = 0;
  private static final int SET = 1;
  private static final int RESET = 2;
  private static final int RELEASED = 3;
  private static final int OBSERVED = 4;
  private static final int REFUSED = 5;
  private static final int BRANCHES = 6;

  private static final DeviceReleased.Cause[] CAUSES = DeviceReleased.Cause.values();

  private BodyForm() {}

  static void write(EventBody body, FieldWriter out) throws IOException {
    switch (body) {
      case DeviceOpened opened -> {
        out.out.writeIndex(OPENED);
        out.out.writeString(opened.kernel().text());
        ProfileForm.writeCapabilities(opened.capabilities(), out);
        ProfileForm.writeIdentity(opened.identity(), out);
      }
      case InterruptsSet set -> {
        out.out.writeIndex(SET);
        CallForm.write(set.call(), out);
        writeResult(set.result(), out);
        out.out.writeLong(set.latencyNanos());
        ViewForm.writeOrNull(set.after(), out);
      }
      case DeviceReset reset -> {
        out.out.writeIndex(RESET);
        writeResult(reset.result(), out);
        out.out.writeLong(reset.latencyNanos());
        ViewForm.writeOrNull(reset.after(), out);
      }
      case DeviceReleased released -> {
        out.out.writeIndex(RELEASED);
        out.constant(released.cause());
        ViewForm.writeOrNull(released.after(), out);
      }
      case StateObserved observed -> {
        out.out.writeIndex(OBSERVED);
        ViewForm.write(observed.view(), out);
      }
      case CommandRefused refused -> {
        out.out.writeIndex(REFUSED);
        out.out.writeString(refused.reason());
      }
    }
  }

  static EventBody read(FieldReader in) throws IOException {
    return switch (in.branch(BRANCHES)) {
      case OPENED ->
          new DeviceOpened(
              new KernelRelease(in.text()),
              ProfileForm.readCapabilities(in),
              ProfileForm.readIdentity(in));
      case SET ->
          new InterruptsSet(
              CallForm.read(in), readResult(in), in.in.readLong(), ViewForm.readOrNull(in));
      case RESET -> new DeviceReset(readResult(in), in.in.readLong(), ViewForm.readOrNull(in));
      case RELEASED -> new DeviceReleased(in.constant(CAUSES), ViewForm.readOrNull(in));
      case OBSERVED -> new StateObserved(ViewForm.read(in));
      case REFUSED -> new CommandRefused(in.text());
      default -> throw new AssertionError("not among the branches");
    };
  }

  private static void writeResult(OptionalInt result, FieldWriter out) throws IOException {
    out.intOrNull(result.isPresent() ? (Integer) result.getAsInt() : null);
  }

  private static OptionalInt readResult(FieldReader in) throws IOException {
    return in.present() ? OptionalInt.of(in.in.readInt()) : OptionalInt.empty();
  }
}
