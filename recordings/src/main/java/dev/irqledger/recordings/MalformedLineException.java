package dev.irqledger.recordings;

/**
 * Carries the reason from the place that cannot go on reading to the one that makes a {@link
 * BadLine} of it. It never leaves this package, and has no stack trace since it is a value in all
 * but name.
 */
final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedLineException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
