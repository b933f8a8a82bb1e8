package dev.irqledger.fuzzing.seed;

import dev.irqledger.wire.signature.SigningKey;
import dev.irqledger.wire.signature.VerifyingKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;

/** A pair of keys, the same each time: they keep no secret. */
public final class Keys {
  private static final KeyPair PAIR = pair();

  public static final SigningKey SIGNING = signing();
  public static final VerifyingKey CHECKING = SIGNING.verifying();

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

  private static SigningKey signing() {
    try {
      return SigningKey.decode(PAIR.getPrivate().getEncoded());
    } catch (InvalidKeySpecException e) {
      throw new AssertionError("the JDK writes keys of Ed25519", e);
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

  /** Both keys in PEM, each in a text of its own. */
  public static Stream<String> pem() {
    return Stream.of(pem("PRIVATE KEY", PAIR.getPrivate()), pem("PUBLIC KEY", PAIR.getPublic()));
  }

  private static String pem(String what, Key key) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END "
        + what
        + "-----\n";
  }
}
