package dev.irqledger.fuzzing.seed;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;

/** A pair of keys, the same each time: they keep no secret. */
public final class Keys {
  private static final KeyPair PAIR = pair();

  public static final PrivateKey SIGNING = PAIR.getPrivate();
  public static final PublicKey CHECKING = PAIR.getPublic();

  private Keys() {}

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, new Known());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java since 15 has Ed25519", e);
    }
  }

  /** Anything but random. */
  private static final class Known extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      new Random(1).nextBytes(bytes);
    }
  }

  /** The key in PEM. */
  public static String pem(String what, Key key) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END "
        + what
        + "-----\n";
  }
}
