package dev.irqledger.wire.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) as the JDK has it: keys from their encodings, and signatures. */
public final class Ed25519 {
  /** How long a signature is. */
  public static final int SIGNATURE_BYTES = 64;

  /** How long a public key is in DER. */
  static final int PUBLIC_KEY_BYTES = 44;

  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /**
   * A private key in PKCS #8.
   *
   * @throws GeneralSecurityException if it is none
   */
  static PrivateKey privateKey(byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /**
   * A public key as a SubjectPublicKeyInfo.
   *
   * @throws GeneralSecurityException if it is none
   */
  public static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(der));
  }

  /** What a key is called: SHA-256 of the public one as it is encoded, in hexadecimal. */
  public static String id(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** An engine that signs and checks; one thread at a time may use it. */
  public static Signature engine() {
    try {
      return Signature.getInstance(NAME);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java since 15 has " + NAME, e);
    }
  }

  /** The signature of these bytes by that key. */
  public static byte[] sign(Signature engine, PrivateKey key, byte[] bytes) {
    try {
      engine.initSign(key);
      engine.update(bytes);
      return engine.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key cannot sign", e);
    }
  }

  /** Whether the signature of these bytes is by that key; what is no signature is by none. */
  public static boolean isBy(Signature engine, PublicKey key, byte[] bytes, byte[] signature) {
    try {
      engine.initVerify(key);
      engine.update(bytes);
      return engine.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
