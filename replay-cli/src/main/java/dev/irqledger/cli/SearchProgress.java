package dev.irqledger.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Says how far a long work came, where it takes so long that one would wonder. */
final class SearchProgress implements LongConsumer {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private final PrintWriter err;
  private final String what;
  private long said = System.nanoTime();

  /**
   * @param what what is counted, such as "states computed"
   */
  SearchProgress(PrintWriter err, String what) {
    this.err = err;
    this.what = what;
  }

  @Override
  public void accept(long count) {
    long now = System.nanoTime();
    if (now - said > EVERY_NANOS) {
      said = now;
      err.println("irq-ledger: " + count + " " + what);
    }
  }
}
