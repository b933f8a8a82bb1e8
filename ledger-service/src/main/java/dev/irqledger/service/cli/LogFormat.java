package dev.irqledger.service.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** How an instance says what happens, on standard error. */
enum LogFormat {
  /** For people: a line for what they must know; the log itself is off. */
  TEXT,
  /** For machines: every line is a JSON object, what people are told among them. */
  JSON;

  /** Loggers are garbage collected with their levels unless someone holds them. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger OURS = Logger.getLogger("dev.irqledger");

  /**
   * A message for whoever runs the instance, as it is to be written. It does not go through the
   * log, which the JVM closes while the last of them are still to come.
   */
  String line(Level level, String message) {
    return switch (this) {
      case TEXT -> "irq-ledger: " + message + System.lineSeparator();
      case JSON -> {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName(OURS.getName());
        yield new JsonLines().format(entry);
      }
    };
  }

  /**
   * From now on the log has this format. Where nobody asked for a level, JSON shows the project's
   * own messages, and from the libraries warnings.
   */
  void begin() {
    if (this == TEXT) {
      return;
    }
    for (Handler handler : ROOT.getHandlers()) {
      handler.setFormatter(new JsonLines());
    }
    if (Level.OFF.equals(ROOT.getLevel())) {
      ROOT.setLevel(Level.WARNING);
      OURS.setLevel(Level.INFO);
    }
  }
}
