package dev.irqledger.wire.signature;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * A public key of Ed25519 (RFC 8032), by which signatures are checked. Two are equal if they are
 * the same key. Any number of threads may use one.
 */
public final class VerifyingKey {
  /** How long a signature is. */
  public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  /** What stands before the point in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** How long a key is as a SubjectPublicKeyInfo in DER. */
  static final int DER_BYTES = PREFIX.length + Ed25519.PUBLIC_KEY_SIZE;

  private final byte[] der;
  private final Ed25519.PublicPoint point;

  private VerifyingKey(byte[] der, Ed25519.PublicPoint point) {
    this.der = der;
    this.point = point;
  }

  /**
   * The key that is encoded.
   *
   * @param der a SubjectPublicKeyInfo
   * @throws InvalidKeySpecException if it is none of Ed25519, or a point by which anybody could
   *     sign
   */
  public static VerifyingKey decode(byte[] der) throws InvalidKeySpecException {
    try {
      Key key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      byte[] encoded = key.getEncoded();
      return ofPoint(Arrays.copyOfRange(encoded, PREFIX.length, encoded.length));
    } catch (InvalidKeySpecException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java since 15 has Ed25519", e);
    }
  }

  /**
   * That point.
   *
   * @param point its 32 bytes
   * @throws IllegalArgumentException if by it nobody could sign, or anybody
   */
  static VerifyingKey ofPoint(byte[] point) {
    Ed25519.PublicPoint valid =
        point.length == Ed25519.PUBLIC_KEY_SIZE
            ? Ed25519.validatePublicKeyFullExport(point, 0)
            : null;
    if (valid == null) {
      throw new IllegalArgumentException("no public key of Ed25519");
    }
    byte[] der = Arrays.copyOf(PREFIX, DER_BYTES);
    System.arraycopy(point, 0, der, PREFIX.length, point.length);
    return new VerifyingKey(der, valid);
  }

  /** The key as a SubjectPublicKeyInfo. */
  public byte[] encoded() {
    return der.clone();
  }

  /** What the key is called: SHA-256 of its encoding, in hexadecimal. */
  public String id() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Whether the signature of these bytes is by this key; what is no signature is by none. */
  public boolean signed(byte[] bytes, byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && Ed25519.verify(signature, 0, point, bytes, 0, bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifyingKey key && Arrays.equals(der, key.der);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der);
  }

  @Override
  public String toString() {
    return id();
  }
}
