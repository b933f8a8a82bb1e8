package dev.irqledger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Locale;

/**
 * An Ed25519 key pair as OpenSSL writes one.
 *
 * @param secret the file with the private key
 * @param open the file with the public key
 */
record SigningKeys(Path secret, Path open) {
  static SigningKeys create(Path folder) throws IOException, GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path secret = pem(folder, "PRIVATE KEY", keys.getPrivate());
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    return new SigningKeys(secret, pem(folder, "PUBLIC KEY", keys.getPublic()));
  }

  private static Path pem(Path folder, String what, Key encoded) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(encoded.getEncoded());
    return Files.writeString(
        folder.resolve(what.toLowerCase(Locale.ROOT).replace(' ', '-') + ".pem"),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }
}
