package dev.irqledger.cli;

import java.io.PrintWriter;

/** Tells how far a long work is; nothing of a short one. */
public final class Progress {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private final String what;
  private final PrintWriter err;
  private long told = System.nanoTime();

  /**
   * @param what what is counted, such as "records pulled"
   */
  public Progress(String what, PrintWriter err) {
    this.what = what;
    this.err = err;
  }

  /** Of a work whose end is not known. */
  public void at(long done) {
    if (isDue()) {
      err.println("irq-ledger: " + done + " " + what);
    }
  }

  public void at(long done, long of) {
    if (isDue()) {
      err.println("irq-ledger: " + done + " of " + of + " " + what);
    }
  }

  private boolean isDue() {
    long now = System.nanoTime();
    boolean due = now - told > EVERY_NANOS;
    told = due ? now : told;
    return due;
  }
}
