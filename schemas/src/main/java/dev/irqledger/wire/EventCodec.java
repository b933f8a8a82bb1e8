package dev.irqledger.wire;

import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Between events and the value bytes of {@code irq.events}. It keeps its buffers from one event to
 * the next: one thread at a time may use it.
 */
public final class EventCodec {
  private final SchemaCatalog catalog;
  private final EventForm form = new EventForm();
  private final RecordCodec<InterruptEvent> records;
  private final MessageDigest sha256 = newSha256();
  private final byte[] digest = new byte[EventHash.BYTES];

  /** Reads what any schema of the catalog wrote, writes in the current one. */
  public EventCodec(SchemaCatalog catalog) {
    this.catalog = catalog;
    this.records =
        new RecordCodec<>(
            WireSchema.INTERRUPT_EVENT,
            new FormLayout<>(WireSchema.INTERRUPT_EVENT, form),
            catalog);
  }

  /** A codec that knows the released schemas alone. */
  public static EventCodec releasedOnly() {
    return new EventCodec(SchemaCatalog.releasedOnly());
  }

  /** One like this for another thread. */
  public EventCodec another() {
    return new EventCodec(catalog);
  }

  /**
   * The event's bytes, and the event with their hash, whatever hash it had.
   *
   * @throws IllegalArgumentException if it takes more than {@link SingleObject#MOST_BYTES}
   */
  public SealedEvent encode(InterruptEvent event) {
    byte[] bytes = records.encode(event);
    return new SealedEvent(event.hashed(hash(bytes)), bytes);
  }

  /**
   * The event that these bytes mean, with their hash.
   *
   * @param bytes anything; null is a record without a value
   * @throws SchemasUnavailable if a schema that the bytes need cannot be looked up now; nothing
   *     else is thrown whatever the bytes are
   */
  public Decoded<InterruptEvent> decode(byte @Nullable [] bytes) {
    if (bytes != null && bytes.length <= SingleObject.MOST_BYTES) {
      form.hash(hash(bytes));
    }
    return records.decode(bytes);
  }

  /** SHA-256 over value bytes: the link that the device's next event names. */
  public EventHash hash(byte[] bytes) {
    sha256.update(bytes, 0, bytes.length);
    try {
      sha256.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new AssertionError("32 bytes hold a SHA-256", e);
    }
    return EventHash.of(digest);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
