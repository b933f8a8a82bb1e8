package dev.irqledger.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Says how far a search came, where it takes so long that one would wonder. */
final class SearchProgress implements LongConsumer {
  private static final long EVERY_NANOS = 3_000_000_000L;

  private final PrintWriter err;
  private final boolean scanning;
  private long said = System.nanoTime();

  /**
   * @param scanning whether single records are counted beside states
   */
  SearchProgress(PrintWriter err, boolean scanning) {
    this.err = err;
    this.scanning = scanning;
  }

  @Override
  public void accept(long count) {
    long now = System.nanoTime();
    if (now - said > EVERY_NANOS) {
      said = now;
      err.println("irq-ledger: " + count + (scanning ? " records looked at" : " states computed"));
    }
  }
}
