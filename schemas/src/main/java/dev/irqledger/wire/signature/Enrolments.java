package dev.irqledger.wire.signature;

import java.util.Collections;
import java.util.SortedMap;

/** The keys of all hosts, and when they must sign. Safe for use by many threads. */
@FunctionalInterface
public interface Enrolments {
  /** The key of the record that says when every host must sign. */
  String EVERY_HOST = "*";

  /** Nobody is enrolled, and nothing must be signed. */
  Enrolments NONE = (_, _) -> Enrolment.NONE;

  /**
   * What is enrolled under that name.
   *
   * @param host a host, or {@link #EVERY_HOST}
   * @param logTimeMs the log time that it is asked about, in milliseconds since 1970: the answer
   *     holds all that was written long enough before it
   * @throws dev.irqledger.wire.LookupUnavailable if that cannot be told now
   */
  Enrolment of(String host, long logTimeMs);

  /**
   * The values of {@code irq.keys} by their keys, as they are now: for those who keep them beside
   * the log.
   *
   * @throws dev.irqledger.wire.LookupUnavailable if that cannot be told now
   */
  default SortedMap<String, byte[]> records() {
    return Collections.emptySortedMap();
  }
}
