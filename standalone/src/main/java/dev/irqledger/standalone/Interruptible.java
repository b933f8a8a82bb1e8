package dev.irqledger.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C end the current thread's work in order: the thread is interrupted, and the JVM waits
 * until everything that it holds is closed.
 */
final class Interruptible implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "irq-ledger-ctrl-c");
  private volatile boolean working = true;

  Interruptible() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    if (working) {
      worker.interrupt();
    }
    try {
      // beyond this the rest is left to the operating system
      var _ = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is done: what is left is closing, which must not be interrupted. */
  void done() {
    working = false;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
