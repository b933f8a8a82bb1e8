package dev.irqledger.replay.verify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.signature.SigningKey;
import dev.irqledger.wire.signature.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Heads in an envelope with a signature over them, in the form of DSSE (secure-systems-lab's Dead
 * Simple Signing Envelope, version 1.0.2), so that other programs can check it too.
 */
public final class HeadsEnvelope {
  /** What is in the envelope. */
  public static final String TYPE = "application/vnd.irq-ledger.heads+json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  private HeadsEnvelope() {}

  /**
   * @param payload in Base64
   */
  private record Envelope(String payloadType, String payload, List<Signed> signatures) {
    static Envelope read(byte[] text) throws IOException {
      Envelope envelope = JSON.readValue(text, Envelope.class);
      if (envelope == null || envelope.signatures.contains(null)) {
        throw new IOException("null in the place of an envelope or a signature");
      }
      return envelope;
    }
  }

  /**
   * @param sig in Base64
   */
  private record Signed(String keyid, String sig) {}

  /**
   * Signs heads.
   *
   * @param checking the other half of the signing key: its id is kept in the envelope
   * @return the envelope, JSON in UTF-8
   * @throws ReplayException if the two keys are no pair
   */
  public static byte[] seal(Heads heads, SigningKey signing, VerifyingKey checking) {
    try {
      byte[] payload = HeadsText.print(heads);
      byte[] sig = signing.sign(authenticated(TYPE, payload));
      if (!holds(checking, TYPE, payload, sig)) {
        throw new ReplayException(
            Kind.WRONG_USE, "the public key is not that of the signing key: name its other half");
      }
      Base64.Encoder base64 = Base64.getEncoder();
      Signed signed = new Signed(checking.id(), base64.encodeToString(sig));
      return JSON.writeValueAsBytes(
          new Envelope(TYPE, base64.encodeToString(payload), List.of(signed)));
    } catch (IOException e) {
      throw new AssertionError("heads can be written and signed", e);
    }
  }

  /**
   * Opens an envelope that was signed with the other half of that key.
   *
   * @throws ReplayException if it is none, or another key or other heads were signed
   */
  public static Heads open(byte[] text, VerifyingKey checking) {
    try {
      Envelope envelope = Envelope.read(text);
      byte[] payload = Base64.getDecoder().decode(envelope.payload());
      for (Signed signed : envelope.signatures()) {
        byte[] sig = Base64.getDecoder().decode(signed.sig());
        if (holds(checking, envelope.payloadType(), payload, sig)) {
          return read(envelope.payloadType(), payload);
        }
      }
      throw new ReplayException(
          Kind.INPUT_UNREADABLE,
          "the heads are not signed with the key " + checking.id() + by(envelope));
    } catch (IOException | IllegalArgumentException e) {
      throw new ReplayException(
          Kind.INPUT_UNREADABLE,
          "these are no heads that were signed: 'replay sign' writes such a file",
          e);
    }
  }

  private static Heads read(String type, byte[] payload) throws IOException {
    if (!type.equals(TYPE)) {
      throw new IOException("signed, but of another type: " + type);
    }
    return HeadsText.read(payload);
  }

  private static String by(Envelope envelope) {
    List<String> ids = envelope.signatures().stream().map(Signed::keyid).toList();
    return ids.isEmpty()
        ? ": it has no signature"
        : ", or changed since; it says that it was signed with " + String.join(", ", ids);
  }

  private static boolean holds(VerifyingKey key, String type, byte[] payload, byte[] sig) {
    return key.signed(authenticated(type, payload), sig);
  }

  /** DSSE's pre-authentication encoding: what is signed cannot be read in two ways. */
  private static byte[] authenticated(String type, byte[] payload) {
    byte[] name = type.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("DSSEv1 " + name.length + " ").getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(name);
    bytes.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }
}
