package dev.irqledger.wire.signature;

import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.SigningPeriod;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one host and when it must sign, as {@code irq.keys} has it.
 *
 * @param keys its keys, in the order in which they were enrolled
 * @param required when an event must be signed
 */
public record Enrolment(List<Key> keys, List<Period> required) {
  /** How many keys and periods a host has at the most: what is looked through for each event. */
  public static final int MOST = 64;

  /** Of a host that nobody enrolled. */
  public static final Enrolment NONE = new Enrolment(List.of(), List.of());

  /**
   * Of a host whose record nobody can read: nothing of it counts until somebody writes a new one. A
   * record that is damaged must not lift what it asked for.
   */
  public static final Enrolment UNREADABLE =
      new Enrolment(List.of(), List.of(new Period(Long.MIN_VALUE, Long.MAX_VALUE)));

  public Enrolment {
    keys = List.copyOf(keys);
    required = List.copyOf(required);
  }

  /** A key, and when its signatures count. */
  public record Key(VerifyingKey key, Period period) {}

  /**
   * A time, in milliseconds since 1970.
   *
   * @param fromMs in it
   * @param untilMs no longer in it; {@link Long#MAX_VALUE} where it has no end
   */
  public record Period(long fromMs, long untilMs) {
    static Period of(Instant from, @Nullable Instant until) {
      return new Period(from.toEpochMilli(), until == null ? Long.MAX_VALUE : until.toEpochMilli());
    }

    public boolean contains(long timeMs) {
      return timeMs >= fromMs && timeMs < untilMs;
    }
  }

  /**
   * What a record says. A key that is none is passed over: it counts for no signature, so that a
   * record that is misread lets nobody in.
   */
  public static Enrolment of(HostKeys written) {
    List<Key> keys = new ArrayList<>();
    for (HostKey key : written.getKeys().stream().limit(MOST).toList()) {
      VerifyingKey read = key(key);
      if (read != null) {
        keys.add(new Key(read, Period.of(key.getFrom(), key.getUntil())));
      }
    }
    List<Period> required = new ArrayList<>();
    for (SigningPeriod period : written.getRequired().stream().limit(MOST).toList()) {
      required.add(Period.of(period.getFrom(), period.getUntil()));
    }
    return new Enrolment(keys, required);
  }

  private static @Nullable VerifyingKey key(HostKey written) {
    byte[] der = new byte[VerifyingKey.DER_BYTES];
    if (written.getPublicKey().remaining() != der.length) {
      return null;
    }
    written.getPublicKey().duplicate().get(der);
    try {
      return VerifyingKey.decode(der);
    } catch (InvalidKeySpecException e) {
      return null;
    }
  }

  /** Whether an event of that log time must be signed. */
  public boolean requiredAt(long logTimeMs) {
    for (Period period : required) { // asked for each event: no stream
      if (period.contains(logTimeMs)) {
        return true;
      }
    }
    return false;
  }

  /** The keys whose signatures count at that log time. */
  public List<VerifyingKey> keysAt(long logTimeMs) {
    return keys.stream().filter(key -> key.period().contains(logTimeMs)).map(Key::key).toList();
  }
}
