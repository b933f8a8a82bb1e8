package dev.irqledger.wire;

import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.signature.AuthorCheck;
import dev.irqledger.wire.signature.Enrolments;
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
  private final Enrolments enrolments;
  private final AuthorCheck authors;
  private final RecordCodec<InterruptEvent> records;
  private final MessageDigest sha256 = newSha256();
  private final byte[] digest = new byte[EventHash.BYTES];

  /** As {@link #EventCodec(SchemaCatalog, Enrolments)}; nothing has to be signed. */
  public EventCodec(SchemaCatalog catalog) {
    this(catalog, Enrolments.NONE);
  }

  /**
   * Reads what any schema of the catalog wrote, writes in the current one.
   *
   * @param enrolments by which keys hosts sign, and when they must
   */
  public EventCodec(SchemaCatalog catalog, Enrolments enrolments) {
    this.catalog = catalog;
    this.enrolments = enrolments;
    this.authors = new AuthorCheck(enrolments);
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
    return new EventCodec(catalog, enrolments);
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
   * @throws LookupUnavailable if a schema that the bytes need cannot be looked up now; nothing else
   *     is thrown whatever the bytes are
   */
  public Decoded<InterruptEvent> decode(byte @Nullable [] bytes) {
    if (bytes != null && bytes.length <= SingleObject.MOST_BYTES) {
      form.hash(hash(bytes));
    }
    return records.decode(bytes);
  }

  /**
   * The event of a record of the log, with their hash and what is known of its writer.
   *
   * @param bytes the record's value, which may be anything; null where it has none
   * @param signature its header {@link dev.irqledger.wire.signature.EventSigner#HEADER}; null where
   *     it has none
   * @param logTimeMs its log time, in milliseconds since 1970
   * @throws LookupUnavailable if a schema or the keys of a host cannot be looked up now
   */
  public Decoded<InterruptEvent> decode(
      byte @Nullable [] bytes, byte @Nullable [] signature, long logTimeMs) {
    return switch (decode(bytes)) {
      case Value<InterruptEvent>(InterruptEvent event) when bytes != null ->
          new Value<>(event.by(authors.of(event.device().host(), bytes, signature, logTimeMs)));
      case Value<InterruptEvent> same -> same;
      case Undecodable<InterruptEvent> undecodable -> undecodable;
    };
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
