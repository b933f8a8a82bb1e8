package dev.irqledger.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C end the work in order. Nothing is interrupted: a broker that is interrupted while it
 * starts or writes ends the whole JVM. The work asks between its steps whether it is to go on, and
 * the JVM waits until everything that it holds is closed.
 */
final class Interruptible implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  Interruptible() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "irq-ledger-ctrl-c"));
  }

  private void end() {
    asked.countDown();
    try {
      // beyond this the rest is left to the operating system
      var _ = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True once the program is to end. */
  boolean asked() {
    return asked.getCount() == 0;
  }

  /**
   * Goes on unless the program is to end.
   *
   * @throws InterruptedException if it is
   */
  void check() throws InterruptedException {
    if (asked()) {
      throw new InterruptedException("the program is to end");
    }
  }

  /** Waits until the program is to end. */
  void awaitEnd() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
