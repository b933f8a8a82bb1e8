package dev.irqledger.wire.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A private key of Ed25519 (RFC 8032), which signs. Its text shows nothing of it. Any number of
 * threads may use one.
 */
public final class SigningKey {
  private final byte[] seed;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

  private SigningKey(byte[] seed) {
    this.seed = seed;
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  /**
   * The key that is encoded.
   *
   * @param der in PKCS #8
   * @throws InvalidKeySpecException if it is none of Ed25519
   */
  public static SigningKey decode(byte[] der) throws InvalidKeySpecException {
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(der));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      if (seed.length != Ed25519.SECRET_KEY_SIZE) {
        throw new InvalidKeySpecException("no private key of Ed25519");
      }
      return new SigningKey(seed);
    } catch (InvalidKeySpecException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java since 15 has Ed25519", e);
    }
  }

  /** A new one. */
  public static SigningKey generate() {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    Ed25519.generatePrivateKey(new SecureRandom(), seed);
    return new SigningKey(seed);
  }

  /** Its other half. */
  public VerifyingKey verifying() {
    return VerifyingKey.ofPoint(publicKey);
  }

  /** The signature of these bytes: {@link VerifyingKey#SIGNATURE_BYTES}, the same each time. */
  public byte[] sign(byte[] bytes) {
    byte[] signature = new byte[VerifyingKey.SIGNATURE_BYTES];
    Ed25519.sign(seed, 0, publicKey, 0, bytes, 0, bytes.length, signature, 0);
    return signature;
  }

  /** The name of its other half. */
  @Override
  public String toString() {
    return "the signing key of " + verifying().id();
  }
}
