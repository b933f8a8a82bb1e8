package dev.irqledger.cli;

/** An input file cannot be used. The message names the cause and the remedy in one line. */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }
}
