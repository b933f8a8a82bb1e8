package dev.irqledger.cli.keys;

import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.SigningPeriod;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.VerifyingKey;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of what is enrolled for a host. Nothing that held is forgotten: an event is judged by
 * what held at its log time. What cannot be is an {@link IllegalArgumentException} that says why.
 */
final class KeyChange {
  private KeyChange() {}

  /** With one more key, which counts from then on. */
  static HostKeys enroll(String host, @Nullable HostKeys before, VerifyingKey key, Instant from) {
    List<HostKey> keys = new ArrayList<>(keys(before));
    if (keys.stream().anyMatch(held -> isOf(held, key.id()) && held.getUntil() == null)) {
      throw new IllegalArgumentException("this key is enrolled for " + host + " already");
    }
    requireRoom(keys.size(), "keys");
    keys.add(new HostKey(ByteBuffer.wrap(key.encoded()), from, null));
    return of(host, keys, required(before));
  }

  /**
   * With a key that counts no more from then on.
   *
   * @param id the key's id, or what it begins with, at least 8 digits
   */
  static HostKeys revoke(String host, @Nullable HostKeys before, String id, Instant until) {
    if (!id.matches("[0-9a-f]{8,64}")) {
      throw new IllegalArgumentException("not a key id: 8 to 64 digits of 'keys ls', not " + id);
    }
    List<HostKey> open =
        keys(before).stream().filter(key -> isOf(key, id) && key.getUntil() == null).toList();
    if (open.size() != 1) {
      throw new IllegalArgumentException(
          host
              + " has "
              + open.size()
              + " keys that count whose id begins with "
              + id
              + ": see 'keys ls'");
    }
    List<HostKey> keys =
        keys(before).stream()
            .map(key ->
                key.equals(open.getFirst())
                    ? new HostKey(key.getPublicKey(), key.getFrom(), later(key.getFrom(), until))
                    : key)
            .toList();
    return of(host, keys, required(before));
  }

  /** With signing required from then on. */
  static HostKeys require(String host, @Nullable HostKeys before, Instant from) {
    List<SigningPeriod> required = new ArrayList<>(required(before));
    if (required.stream().anyMatch(period -> period.getUntil() == null)) {
      throw new IllegalArgumentException("signing is required of " + host + " already");
    }
    requireRoom(required.size(), "periods");
    required.add(new SigningPeriod(from, null));
    return of(host, keys(before), required);
  }

  /** With signing no longer required from then on. */
  static HostKeys lift(String host, @Nullable HostKeys before, Instant until) {
    if (required(before).stream().allMatch(period -> period.getUntil() != null)) {
      throw new IllegalArgumentException("signing is not required of " + host);
    }
    List<SigningPeriod> required =
        required(before).stream()
            .map(period ->
                period.getUntil() != null
                    ? period
                    : new SigningPeriod(period.getFrom(), later(period.getFrom(), until)))
            .toList();
    return of(host, keys(before), required);
  }

  /** What a key is called; null for bytes that are no key. */
  static @Nullable String id(HostKey key) {
    byte[] der = new byte[key.getPublicKey().remaining()];
    key.getPublicKey().duplicate().get(der);
    try {
      return VerifyingKey.decode(der).id();
    } catch (InvalidKeySpecException e) {
      return null;
    }
  }

  private static boolean isOf(HostKey key, String id) {
    String own = id(key);
    return own != null && own.startsWith(id);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static void requireRoom(int size, String what) {
    if (size >= Enrolment.MOST) {
      throw new IllegalArgumentException("more than " + Enrolment.MOST + " " + what + " of a host");
    }
  }

  private static List<HostKey> keys(@Nullable HostKeys before) {
    return before == null ? List.of() : before.getKeys();
  }

  private static List<SigningPeriod> required(@Nullable HostKeys before) {
    return before == null ? List.of() : before.getRequired();
  }

  private static HostKeys of(String host, List<HostKey> keys, List<SigningPeriod> required) {
    return HostKeys.newBuilder().setHost(host).setKeys(keys).setRequired(required).build();
  }
}
