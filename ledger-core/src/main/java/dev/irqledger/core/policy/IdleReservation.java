package dev.irqledger.core.policy;

import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.state.DeviceState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds vectors that keep their irq without a trigger for too long.
 *
 * @param overdue those that were not found before
 * @param foundUpToMicros whoever looks again passes over those that are idle since then or before;
 *     0 where none is overdue any more
 * @param nextMicros when the next one will be overdue, by the host's clock in microseconds since
 *     1970; {@link Unarmed#NEVER} where there is none
 */
public record IdleReservation(Unarmed overdue, long foundUpToMicros, long nextMicros) {
  private static final long MICROS = 1_000_000;

  /** Of limits beyond ten thousand years the sum with a time would not fit. */
  private static final long LONGEST_SECONDS = 315_360_000_000L;

  /**
   * Looks at every vector of a device.
   *
   * @param limitSeconds for how long a vector may be idle, from 1
   * @param foundUpToMicros what the look before gave, 0 for the first one
   * @param nowMicros the host's clock, in microseconds since 1970
   */
  public static IdleReservation look(
      DeviceState device, long limitSeconds, long foundUpToMicros, long nowMicros) {
    long limitMicros = Math.min(limitSeconds, LONGEST_SECONDS) * MICROS;
    long dueMicros = nowMicros - limitMicros - 1; // longer than the limit, not as long
    var vectors = device.interrupts().vectors();
    Unarmed anyDue = Unarmed.between(vectors, 0, dueMicros);
    Unarmed notFound = Unarmed.between(vectors, foundUpToMicros, dueMicros);
    long next = Unarmed.between(vectors, Math.max(0, dueMicros), Unarmed.NEVER).oldestMicros();
    return new IdleReservation(
        notFound,
        anyDue.count() == 0 ? 0 : Math.max(foundUpToMicros, notFound.youngestMicros()),
        next == Unarmed.NEVER ? Unarmed.NEVER : next + limitMicros + 1);
  }

  /**
   * The finding, where {@link #overdue} has any.
   *
   * @param limitSeconds as it was looked with
   * @param nowMicros as it was looked with
   */
  public PolicyFinding found(DeviceState device, Policy policy, long limitSeconds, long nowMicros) {
    String oldest = instant(overdue.oldestMicros()).toString();
    long age = (nowMicros - overdue.oldestMicros()) / MICROS;
    SortedMap<String, String> evidence = new TreeMap<>();
    evidence.put("policy", policy.words());
    evidence.put("limitSeconds", Long.toString(limitSeconds));
    evidence.put("oldestSince", oldest);
    evidence.put("hostClock", instant(nowMicros).toString());
    evidence.put("ageSeconds", Long.toString(age));
    evidence.put("vectors", Integer.toString(overdue.count()));
    evidence.put("stateCertain", Boolean.toString(!device.uncertain()));
    evidence.put("remedy", "arm them, disable " + mode(device) + ", or close the device");
    return new PolicyFinding(
        PolicyFinding.id(
            PolicyRule.IDLE_RESERVATION,
            device.key().host(),
            device.key().bdf(),
            limitSeconds,
            overdue.oldestMicros()),
        PolicyRule.IDLE_RESERVATION,
        device.key().host(),
        device.key().bdf(),
        FoundAt.noEvent(oldest),
        overdue.vectors(),
        "an irq without a trigger for at most " + limitSeconds + " s",
        overdue.count() + " without one, the oldest for " + age + " s",
        evidence);
  }

  private static String mode(DeviceState device) {
    return device.interrupts().mode() == InterruptMode.MSI ? "MSI" : "MSI-X";
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
