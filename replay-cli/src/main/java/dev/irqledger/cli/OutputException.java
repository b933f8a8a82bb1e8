package dev.irqledger.cli;

/** An output cannot be written. The message names the cause in one line. */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutputException(String message) {
    super(message);
  }
}
