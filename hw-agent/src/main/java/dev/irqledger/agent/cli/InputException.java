package dev.irqledger.agent.cli;

/** An op file cannot be read. The message names the cause and the remedy in one line. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }
}
