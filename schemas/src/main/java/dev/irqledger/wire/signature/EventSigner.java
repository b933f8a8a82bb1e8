package dev.irqledger.wire.signature;

import java.security.PrivateKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Signs a host's events on their way to the log: the record header {@link #HEADER} holds the 64
 * bytes of an Ed25519 signature over the value's bytes. Those name host, device, epoch, sequence
 * and the event before, so that a signature cannot be moved to another event. One thread at a time
 * may use it.
 */
public final class EventSigner {
  /** The record header with the signature. */
  public static final String HEADER = "irq-signature";

  private final @Nullable PrivateKey key;
  private final Signature engine = Ed25519.engine();

  private EventSigner(@Nullable PrivateKey key) {
    this.key = key;
  }

  /** Signs with that key. */
  public static EventSigner with(PrivateKey key) {
    return new EventSigner(key);
  }

  /** Signs nothing. */
  public static EventSigner none() {
    return new EventSigner(null);
  }

  /** The signature of these value bytes; null where this signs nothing. */
  public byte @Nullable [] sign(byte[] value) {
    return key == null ? null : Ed25519.sign(engine, key, value);
  }
}
