package dev.irqledger.agent.ledger;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Tells somebody every event, in a thread of its own: whoever is slow to listen must not hold up
 * what happens. So many events may wait; of those beyond, it is told how many were missed.
 */
public final class Watcher implements Consumer<Recorded>, AutoCloseable {
  static final int WAITING = 10_000;

  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
  private final Consumer<String> told;
  private final Thread thread;
  private long missed;

  /**
   * @param told is given each event on a line; may take its time
   */
  public Watcher(Consumer<String> told) {
    this.told = told;
    this.thread = Thread.ofPlatform().daemon().name("agent-watcher").start(this::tell);
  }

  @Override
  public void accept(Recorded recorded) {
    if (missed > 0 && lines.offer("... " + missed + " events were not told in time")) {
      missed = 0;
    }
    if (missed > 0 || !lines.offer(EventLine.of(recorded))) {
      missed++;
    }
  }

  /** Tells nothing further. */
  @Override
  public void close() {
    thread.interrupt();
  }

  private void tell() {
    try {
      while (true) {
        told.accept(lines.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
