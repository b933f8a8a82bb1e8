package dev.irqledger.core.event;

/**
 * What a reader of the log found out about who wrote an event. Kafka cannot restrict by key, and no
 * record says who wrote it: where that matters, the host signs (Ed25519, RFC 8032, over the value's
 * bytes). The core is handed the answer, it checks no signature.
 */
public enum Authorship {
  /** Nothing asks for a signature at that time, or nobody has looked. */
  NOT_ASKED("no signature is asked for"),
  /** Signed by a key that the host had at that time. */
  SIGNED("signed by a key of the host"),
  /** A signature is asked for, and there is none. */
  UNSIGNED("no signature"),
  /** None of the keys that the host had at that time made the signature. */
  FORGED("a signature by none of the host's keys of that time"),
  /** A signature is asked for, and the host had no key at that time. */
  NO_KEY("a signature, or none, where the host has no key");

  private final String words;

  Authorship(String words) {
    this.words = words;
  }

  /** Whether the event may be taken for the host's own word. */
  public boolean accepted() {
    return switch (this) {
      case NOT_ASKED, SIGNED -> true;
      case UNSIGNED, FORGED, NO_KEY -> false;
    };
  }

  /** What was found, in words. */
  public String words() {
    return words;
  }
}
