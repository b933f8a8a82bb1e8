package dev.irqledger.cli.sql;

import java.sql.SQLException;

/** The tables cannot be made, or an answer cannot be computed with the memory and disk there is. */
public final class TablesFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TablesFailure(String what, Exception cause) {
    super(what + ": " + firstLine(cause), cause);
  }

  private static String firstLine(Exception cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** True where the engine ran out of what it was given: memory, or room on the disk. */
  static boolean isShortage(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("Out of Memory") || message.startsWith("IO Error");
  }
}
