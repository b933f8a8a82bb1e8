package dev.irqledger.wire;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kernel shows. */
final class ViewForm {
  private static final InterruptMode[] MODES = InterruptMode.values();

  private ViewForm() {}

  static void writeOrNull(@Nullable KernelView view, FieldWriter out) throws IOException {
    if (out.present(view) && view != null) {
      write(view, out);
    }
  }

  static @Nullable KernelView readOrNull(FieldReader in) throws IOException {
    return in.present() ? read(in) : null;
  }

  static void write(KernelView view, FieldWriter out) throws IOException {
    out.constant(view.mode());
    out.out.writeInt(view.from());
    out.out.writeInt(view.to());
    out.out.writeArrayStart();
    out.out.setItemCount(view.allocated().size());
    for (KernelView.Seen seen : view.allocated()) {
      out.out.startItem();
      out.out.writeInt(seen.vector());
      out.out.writeInt(seen.irq());
      out.out.writeBoolean(seen.armed());
    }
    out.out.writeArrayEnd();
  }

  static KernelView read(FieldReader in) throws IOException {
    InterruptMode mode = in.constant(MODES);
    int from = in.in.readInt();
    int to = in.in.readInt();
    return new KernelView(mode, from, to, readSeen(in));
  }

  private static List<KernelView.Seen> readSeen(FieldReader in) throws IOException {
    List<KernelView.Seen> all = new ArrayList<>();
    for (long n = in.in.readArrayStart(); n != 0; n = in.in.arrayNext()) {
      for (long i = 0; i < n; i++) {
        all.add(new KernelView.Seen(in.in.readInt(), in.in.readInt(), in.in.readBoolean()));
      }
    }
    return all;
  }
}
