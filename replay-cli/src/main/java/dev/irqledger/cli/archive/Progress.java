package dev.irqledger.cli.archive;

import java.io.PrintWriter;

/** Tells how far a long work is; nothing of a short one. */
final class Progress {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private final String what;
  private final PrintWriter err;
  private long told = System.nanoTime();

  /**
   * @param what what is counted, such as "records pulled"
   */
  Progress(String what, PrintWriter err) {
    this.what = what;
    this.err = err;
  }

  void at(long done, long of) {
    long now = System.nanoTime();
    if (now - told > EVERY_NANOS) {
      told = now;
      err.println("irq-ledger: " + done + " of " + of + " " + what);
    }
  }
}
