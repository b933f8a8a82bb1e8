package dev.irqledger.web.http;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One allocated vector.
 *
 * @param trigger its eventfd; -1 for none, null for one that nobody saw
 */
record VectorForm(
    int vector,
    String phase,
    @Nullable Integer linuxIrq,
    @Nullable Integer trigger,
    boolean dynamic,
    @Nullable String since) {

  static VectorForm of(int vector, VectorState state) {
    return new VectorForm(
        vector,
        state.phase().name(),
        state.irqKnown() ? state.irq() : null,
        descriptor(state.trigger()),
        state.dynamic(),
        PositionForm.micros(state.sinceMicros()));
  }

  /** The allocated vectors behind one, rising; one more than the most shows that others follow. */
  static List<VectorForm> page(VectorMap vectors, int after, int most) {
    List<VectorForm> page = new ArrayList<>();
    for (int v = vectors.next(after + 1); v >= 0 && page.size() <= most; v = vectors.next(v + 1)) {
      VectorState state = vectors.get(v);
      if (state != null) {
        page.add(of(v, state));
      }
    }
    return page;
  }

  /** A descriptor's number; null for one that nobody saw. */
  static @Nullable Integer descriptor(int fd) {
    return fd == Eventfd.SOME || fd == Eventfd.UNSEEN ? null : fd;
  }
}
