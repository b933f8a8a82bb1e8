package dev.irqledger.web.chronicle;

/**
 * How far a step goes.
 *
 * @param kind to which events
 * @param forward towards the present
 */
public record Stride(Kind kind, boolean forward) {
  /** At which events a step ends. */
  public enum Kind {
    /** At any. */
    EVENT,
    /** At one that changed something. */
    CHANGE,
    /** At one that breaks a rule, or found a pool empty. */
    FINDING;

    boolean takes(Entry entry) {
      return switch (this) {
        case EVENT -> true;
        case CHANGE -> entry.changed();
        case FINDING -> entry.notable();
      };
    }
  }
}
