package dev.irqledger.agent.linux;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be taken back, latest first, unless all of it succeeds. So no path out of an opening,
 * be it an exception or an error of the JVM, leaves a descriptor open.
 */
final class Undo implements AutoCloseable {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  /**
   * @param step takes back what was just done; throws nothing
   */
  void add(Runnable step) {
    steps.push(step);
  }

  /** All succeeded: nothing is taken back. */
  void forget() {
    steps.clear();
  }

  @Override
  public void close() {
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }
}
