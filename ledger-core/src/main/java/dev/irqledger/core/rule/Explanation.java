package dev.irqledger.core.rule;

import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.VectorState;
import org.jspecify.annotations.Nullable;

/**
 * An environment made to measure: the one in which the rules give what an event reports.
 *
 * @param nowMicros the event's host time
 * @param view what the kernel showed afterwards: where the irq numbers come from; null where nobody
 *     looked
 * @param refusal the errno with which the call was turned down beforehand, or 0
 * @param grant what an enable was granted instead of what it wanted, or 0 for all of it
 * @param eventfd what is wrong with the descriptor of an index that has a single one, or 0
 * @param failing the vector at which a block failed, or -1
 * @param beforeIrq whether that vector failed for want of an irq, before it had one
 * @param failure the errno with which it failed
 */
record Explanation(
    long nowMicros,
    @Nullable KernelView view,
    int refusal,
    int grant,
    int eventfd,
    int failing,
    boolean beforeIrq,
    int failure)
    implements Environment {

  /** All is there that a call may ask for. */
  static Explanation ideal(long nowMicros, @Nullable KernelView view) {
    return new Explanation(nowMicros, view, 0, 0, 0, -1, false, 0);
  }

  Explanation refused(int errno) {
    return new Explanation(nowMicros, view, errno, 0, 0, -1, false, 0);
  }

  Explanation granted(int result) {
    return new Explanation(nowMicros, view, 0, result, 0, -1, false, 0);
  }

  Explanation badEventfd(int errno) {
    return new Explanation(nowMicros, view, 0, 0, errno, -1, false, 0);
  }

  Explanation failedAt(int vector, boolean beforeItsIrq, int errno) {
    return new Explanation(nowMicros, view, 0, 0, 0, vector, beforeItsIrq, errno);
  }

  @Override
  public int grant(int wanted) {
    return grant == 0 ? wanted : grant;
  }

  @Override
  public int allocate(int vector, int taken) {
    if (vector == failing && beforeIrq) {
      return failure;
    }
    KernelView.Seen seen = view == null ? null : view.seen(vector);
    return seen == null ? VectorState.IRQ_UNKNOWN : Math.max(seen.irq(), VectorState.IRQ_UNKNOWN);
  }

  @Override
  public int eventfd(int fd) {
    return eventfd;
  }

  @Override
  public int handler(int vector, int armed) {
    return vector == failing && !beforeIrq ? failure : 0;
  }
}
