package dev.irqledger.faults;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintWriter;

/** Tells what happens, with the seconds since it began. */
final class Telling {
  private final PrintWriter out;
  private final long began = System.nanoTime();

  Telling(PrintWriter out) {
    this.out = out;
  }

  @FormatMethod
  synchronized void tell(String format, Object... values) {
    out.printf("%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, format.formatted(values));
    out.flush();
  }
}
