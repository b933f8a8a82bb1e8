package dev.irqledger.cli;

import java.io.IOException;

/** An output cannot be written. The message names the cause in one line. */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutputException(String message) {
    super(message);
  }

  /** That what is named, such as a file, cannot be written. */
  static OutputException of(Object what, IOException cause) {
    return new OutputException(what + " cannot be written: " + cause);
  }
}
