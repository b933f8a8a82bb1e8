package dev.irqledger.replay;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Transition;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.FoldedState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one vector of one device came to be what it is: what happened to it since it was free the
 * last time, or what freed it. Watches a replay of that device.
 */
public final class VectorStory implements Replayer.Observer {
  /** So many chapters are kept, the latest: a vector may be armed and cleared without end. */
  private static final int MOST = 1000;

  private final int vector;
  private final Deque<Chapter> chapters = new ArrayDeque<>();
  private long left;
  private @Nullable VectorState now;
  private InterruptMode mode = InterruptMode.NONE;

  /**
   * One event that changed the vector.
   *
   * @param record where it is in the log
   * @param transition what it was for the vector
   * @param before null for a free vector
   * @param after null for a free vector
   */
  public record Chapter(
      LogRecord record,
      InterruptEvent event,
      Transition transition,
      @Nullable VectorState before,
      @Nullable VectorState after) {}

  /**
   * @param vector 0 to 2047
   */
  public VectorStory(int vector) {
    this.vector = vector;
  }

  @Override
  public void begun(FoldedState state) {
    now = state.state().interrupts().vectors().get(vector);
    mode = state.state().interrupts().mode();
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    DeviceState state = folded.state();
    VectorState after = state.interrupts().vectors().get(vector);
    if (!Objects.equals(now, after)) {
      if (now == null) {
        chapters.clear();
        left = 0;
      }
      InterruptMode next = state.interrupts().mode();
      add(
          new Chapter(
              record, event, Transition.of(event.body(), mode, next, now, after), now, after));
    }
    now = after;
    mode = state.interrupts().mode();
  }

  private void add(Chapter chapter) {
    if (chapters.size() == MOST) {
      chapters.removeFirst();
      left++;
    }
    chapters.add(chapter);
  }

  /** From the event that allocated it on, in order; of a free one, up to what freed it. */
  public List<Chapter> chapters() {
    return List.copyOf(chapters);
  }

  /** How many chapters are left out, before the first of {@link #chapters}. */
  public long left() {
    return left;
  }

  /** The vector now; null for a free one. */
  public @Nullable VectorState now() {
    return now;
  }
}
