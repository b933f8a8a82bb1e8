package dev.irqledger.replay.verify;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Ed25519 keys in PEM files, as {@code openssl genpkey} and {@code openssl pkey} write them. */
public final class HeadKeys {
  static final String ALGORITHM = "Ed25519";
  private static final int LONGEST = 16 << 10;

  private HeadKeys() {}

  /**
   * A key that signs.
   *
   * @throws ReplayException if the file cannot be read or holds no such key; the message does not
   *     show what it holds
   */
  public static PrivateKey signing(Path file) {
    byte[] key = decoded(file, "PRIVATE KEY", "openssl genpkey -algorithm ed25519");
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(key));
    } catch (GeneralSecurityException e) {
      throw none(file, "openssl genpkey -algorithm ed25519");
    }
  }

  /**
   * A key by which signatures are checked.
   *
   * @throws ReplayException if the file cannot be read or holds no such key
   */
  public static PublicKey checking(Path file) {
    byte[] key = decoded(file, "PUBLIC KEY", "openssl pkey -pubout");
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(key));
    } catch (GeneralSecurityException e) {
      throw none(file, "openssl pkey -pubout");
    }
  }

  /** What a signature calls its key: SHA-256 of the public one as it is encoded, in hexadecimal. */
  public static String id(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static byte[] decoded(Path file, String what, String maker) {
    String begin = "-----BEGIN " + what + "-----";
    String end = "-----END " + what + "-----";
    String text = text(file);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw none(file, maker);
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    } catch (IllegalArgumentException e) {
      throw none(file, maker);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new ReplayException(Kind.INPUT_UNREADABLE, file + " is too long for a key");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new ReplayException(Kind.INPUT_UNREADABLE, file + " cannot be read: is it there?", e);
    }
  }

  private static ReplayException none(Path file, String maker) {
    return new ReplayException(
        Kind.INPUT_UNREADABLE,
        file + " holds no such Ed25519 key in PEM form: '" + maker + "' writes one");
  }
}
