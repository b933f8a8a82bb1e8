package dev.irqledger.wire;

/**
 * Bytes that break the encoding. Never leaves this package; carries no stack trace, since what goes
 * wrong is in the bytes and a stream full of them must not cost a walk of the stack for each.
 */
final class MalformedBytes extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBytes(String reason) {
    super(reason, null, false, false);
  }
}
