package dev.irqledger.replay.timeline;

import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In which phase each vector of a device was, and for how long. */
public final class Lifelines {
  /** What lies beyond is counted, and not kept: nobody could read it. */
  private static final int MOST = 1000;

  private final List<Span> ended = new ArrayList<>();
  private final Map<Integer, Begun> open = new TreeMap<>();
  private long left;

  /**
   * A vector in one phase.
   *
   * @param fromMillis by the broker's clock, milliseconds since 1970
   * @param toMillis when it ended, or the end of what was looked at
   */
  public record Span(int vector, Phase phase, long fromMillis, long toMillis) {}

  private record Begun(Phase phase, long millis) {}

  void begin(VectorMap vectors, long millis) {
    vectors.forEach((vector, state) -> open.put(vector, new Begun(state.phase(), millis)));
  }

  void change(VectorMap before, VectorMap after, long millis) {
    before.forEachDifference(
        after, (vector, was, is) -> change(vector, phase(was), phase(is), millis));
  }

  private static Phase phase(@Nullable VectorState state) {
    return state == null ? Phase.FREE : state.phase();
  }

  private void change(int vector, Phase was, Phase is, long millis) {
    if (was == is) {
      return;
    }
    Begun begun = open.remove(vector);
    if (begun != null) {
      add(new Span(vector, begun.phase, begun.millis, millis));
    }
    if (is != Phase.FREE) {
      open.put(vector, new Begun(is, millis));
    }
  }

  private void add(Span span) {
    if (ended.size() < MOST) {
      ended.add(span);
    } else {
      left++;
    }
  }

  /**
   * All of them, those that have not ended too.
   *
   * @param endMillis the end of what is looked at
   */
  public List<Span> spans(long endMillis) {
    List<Span> all = new ArrayList<>(ended);
    open.forEach((vector, begun) ->
        all.add(new Span(vector, begun.phase, begun.millis, Math.max(begun.millis, endMillis))));
    return all;
  }

  /** How many spans are left out: from some moment on there were too many. */
  public long left() {
    return left;
  }
}
