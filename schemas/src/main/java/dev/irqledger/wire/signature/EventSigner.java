package dev.irqledger.wire.signature;

import org.jspecify.annotations.Nullable;

/**
 * Signs a host's events on their way to the log: the record header {@link #HEADER} holds the 64
 * bytes of an Ed25519 signature over the value's bytes. Those name host, device, epoch, sequence
 * and the event before, so that a signature cannot be moved to another event.
 */
public final class EventSigner {
  /** The record header with the signature. */
  public static final String HEADER = "irq-signature";

  private final @Nullable SigningKey key;

  private EventSigner(@Nullable SigningKey key) {
    this.key = key;
  }

  /** Signs with that key. */
  public static EventSigner with(SigningKey key) {
    return new EventSigner(key);
  }

  /** Signs nothing. */
  public static EventSigner none() {
    return new EventSigner(null);
  }

  /** The signature of these value bytes; null where this signs nothing. */
  public byte @Nullable [] sign(byte[] value) {
    return key == null ? null : key.sign(value);
  }
}
