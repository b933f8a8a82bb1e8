package dev.irqledger.wire.signature;

import dev.irqledger.wire.avro.HostKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key that a host of the tests signs with. */
public record HostKeyPair(KeyPair pair) {
  public static HostKeyPair generate() {
    try {
      return new HostKeyPair(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public byte[] sign(byte[] value) {
    return Ed25519.sign(Ed25519.engine(), pair.getPrivate(), value);
  }

  /** As it is enrolled. */
  public HostKey enrolled(long fromMs, @Nullable Long untilMs) {
    return new HostKey(
        ByteBuffer.wrap(pair.getPublic().getEncoded()),
        Instant.ofEpochMilli(fromMs),
        untilMs == null ? null : Instant.ofEpochMilli(untilMs));
  }
}
