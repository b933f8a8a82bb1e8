package dev.irqledger.wire.signature;

/** A file holds no key that can be used. The message says what to do, and shows nothing of it. */
public final class KeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyFileException(String message) {
    super(message);
  }

  KeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
