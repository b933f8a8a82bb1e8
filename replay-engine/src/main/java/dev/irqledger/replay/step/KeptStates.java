package dev.irqledger.replay.step;

import dev.irqledger.wire.FoldedState;
import java.util.ArrayList;
import java.util.List;

/**
 * States from which a fold of one device can begin again: every so many events, and twice as far
 * apart whenever there are too many of them. So their number is bounded however long the history.
 */
final class KeptStates {
  private final int most;
  private final List<FoldedState> states = new ArrayList<>();
  private int stride;

  /**
   * @param stride how many events lie between two states at first
   * @param most how many states are kept at the most: two or more
   */
  KeptStates(int stride, int most) {
    this.stride = stride;
    this.most = most;
  }

  /** Takes the state before that event, if it is one to keep. Events are offered in order. */
  void offer(int index, FoldedState before) {
    if (index % stride != 0) {
      return;
    }
    if (states.size() == most) {
      thin();
      if (index % stride != 0) {
        return;
      }
    }
    states.add(before);
  }

  private void thin() {
    for (int i = 1; i < states.size(); i++) {
      states.remove(i);
    }
    stride = Math.multiplyExact(stride, 2);
  }

  /** The event before which the latest state is kept that is no later than before this event. */
  int begin(int index) {
    return Math.min(index / stride, states.size() - 1) * stride;
  }

  /** The state before that event. */
  FoldedState before(int begin) {
    return states.get(begin / stride);
  }

  int count() {
    return states.size();
  }
}
