package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.event.Authorship;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.fuzzing.seed.Keys;
import dev.irqledger.fuzzing.seed.RecordedEvents;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.signature.VerifyingKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The header {@code irq-signature} of a record, before the record's value. Whatever it is, it is
 * not taken for the signature of an event that the host did not sign.
 */
final class SignatureTarget implements Target {
  private static final Enrolment.Period ALWAYS =
      new Enrolment.Period(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Enrolment MUST_SIGN =
      new Enrolment(List.of(new Enrolment.Key(Keys.CHECKING, ALWAYS)), List.of(ALWAYS));

  private final EventCodec codec =
      new EventCodec(SchemaCatalog.releasedOnly(), (host, logTimeMs) -> MUST_SIGN);
  private final EventSigner signer = EventSigner.with(Keys.SIGNING);

  @Override
  public void check(byte[] input) {
    int signed = Math.min(input.length, VerifyingKey.SIGNATURE_BYTES);
    byte[] signature = Arrays.copyOf(input, signed);
    byte[] value = Arrays.copyOfRange(input, signed, input.length);
    if (codec.decode(value, signature, 1)
        instanceof Decoded.Value<InterruptEvent>(InterruptEvent event)) {
      // Ed25519 gives one signature for each text.
      boolean own = Arrays.equals(signer.sign(value), signature);
      Broken.unlessEqual(
          own ? Authorship.SIGNED : Authorship.FORGED, event.authorship(), "who wrote the event");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return RecordedEvents.sealed().map(SealedEvent::bytes).map(this::signed);
  }

  private byte[] signed(byte[] value) {
    byte[] signature = signer.sign(value);
    byte[] both =
        Arrays.copyOf(
            signature == null ? new byte[0] : signature,
            VerifyingKey.SIGNATURE_BYTES + value.length);
    System.arraycopy(value, 0, both, VerifyingKey.SIGNATURE_BYTES, value.length);
    return both;
  }
}
