package dev.irqledger.standalone;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Where the demonstration prints; colours only where the terminal has them. */
final class Screen {
  private final PrintWriter out;
  private final Ansi ansi;

  Screen(CommandLine command) {
    this.out = command.getOut();
    this.ansi = command.getColorScheme().ansi();
  }

  Ansi ansi() {
    return ansi;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void title(String text) {
    line("");
    line(ansi.string("@|bold " + text + "|@"));
  }

  /** A line of what is going on. */
  void step(String what, String detail) {
    line("  %-9s %s".formatted(what, detail));
  }
}
