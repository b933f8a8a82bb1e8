package dev.irqledger.wire.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Set;

/** Ed25519 keys in PEM files, as {@code openssl genpkey} and {@code openssl pkey} write them. */
public final class KeyFile {
  private static final int LONGEST = 16 << 10;
  private static final String PRIVATE_MAKER = "openssl genpkey -algorithm ed25519";
  private static final String PUBLIC_MAKER = "openssl pkey -pubout";

  private KeyFile() {}

  /**
   * A key that signs.
   *
   * @throws KeyFileException if the file cannot be read or holds no such key; the message does not
   *     show what it holds
   */
  public static SigningKey signing(Path file) {
    byte[] key = decoded(file, "PRIVATE KEY", PRIVATE_MAKER);
    try {
      return SigningKey.decode(key);
    } catch (InvalidKeySpecException e) {
      throw none(file, PRIVATE_MAKER);
    }
  }

  /**
   * A key by which signatures are checked.
   *
   * @throws KeyFileException if the file cannot be read or holds no such key
   */
  public static VerifyingKey checking(Path file) {
    byte[] key = decoded(file, "PUBLIC KEY", PUBLIC_MAKER);
    try {
      return VerifyingKey.decode(key);
    } catch (InvalidKeySpecException e) {
      throw none(file, PUBLIC_MAKER);
    }
  }

  /**
   * Whether others than the file's owner may read it; false where the file system does not tell.
   *
   * @throws KeyFileException if the file is not there
   */
  public static boolean isOpenToOthers(Path file) {
    try {
      Set<PosixFilePermission> may = Files.getPosixFilePermissions(file);
      return may.contains(PosixFilePermission.OTHERS_READ);
    } catch (UnsupportedOperationException e) {
      return false;
    } catch (IOException e) {
      throw new KeyFileException(file + " cannot be read: is it there?", e);
    }
  }

  private static byte[] decoded(Path file, String what, String maker) {
    String begin = "-----BEGIN " + what + "-----";
    String end = "-----END " + what + "-----";
    String text = text(file);
    int at = text.indexOf(begin);
    int from = at + begin.length();
    int to = text.indexOf(end, from); // behind it: the two lines could share their hyphens
    if (at < 0 || to < 0) {
      throw none(file, maker);
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from, to));
    } catch (IllegalArgumentException e) {
      throw none(file, maker);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new KeyFileException(file + " is too long for a key");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new KeyFileException(file + " cannot be read: is it there?", e);
    }
  }

  private static KeyFileException none(Path file, String maker) {
    return new KeyFileException(
        file + " holds no such Ed25519 key in PEM form: '" + maker + "' writes one");
  }
}
