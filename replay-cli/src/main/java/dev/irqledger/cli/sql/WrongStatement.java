package dev.irqledger.cli.sql;

import dev.irqledger.recordings.PrintableText;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** A statement that is not answered: not understood, or not one that only asks. */
public final class WrongStatement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongStatement(String message) {
    super(message);
  }

  /** What the engine says, with the line and the place that it points at. */
  WrongStatement(SQLException e) {
    super(
        String.valueOf(e.getMessage())
            .lines()
            .filter(line -> !line.isBlank())
            .map(PrintableText::of)
            .collect(Collectors.joining(System.lineSeparator())),
        e);
  }
}
