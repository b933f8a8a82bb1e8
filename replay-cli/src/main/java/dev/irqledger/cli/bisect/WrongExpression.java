package dev.irqledger.cli.bisect;

/** An expression that cannot be understood. */
public final class WrongExpression extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String line;
  private final int column;

  /**
   * @param message what is wrong, in one line
   * @param line the line of the expression in which it is wrong
   * @param column where in that line, from 0
   */
  WrongExpression(String message, String line, int column) {
    super(message);
    this.line = line;
    this.column = Math.clamp(column, 0, line.length());
  }

  /** The line with a caret under the column. */
  public String shown() {
    // the caret must stand under its column, so nothing in the line may be wider than one
    String plain = line.replaceAll("[^\\x20-\\x7e]", "?");
    return "  " + plain + System.lineSeparator() + "  " + " ".repeat(column) + "^";
  }

  /** Where it is wrong, from 1. */
  public int column() {
    return column + 1;
  }
}
