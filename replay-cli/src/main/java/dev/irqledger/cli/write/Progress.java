package dev.irqledger.cli.write;

import java.io.PrintWriter;

/** Tells how far a long reading is; nothing of a short one. */
final class Progress {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private final String what;
  private final long of;
  private final PrintWriter err;
  private long read;
  private long told = System.nanoTime();

  Progress(String what, long of, PrintWriter err) {
    this.what = what;
    this.of = of;
    this.err = err;
  }

  void one() {
    read++;
    if ((read & 1023) == 0 && System.nanoTime() - told > EVERY_NANOS) {
      told = System.nanoTime();
      err.println("irq-ledger: read " + read + " of " + of + " " + what);
    }
  }
}
