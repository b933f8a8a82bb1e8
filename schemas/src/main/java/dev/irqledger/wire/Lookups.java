package dev.irqledger.wire;

import dev.irqledger.wire.signature.Enrolments;

/**
 * What a reader of the log looks up beside its records. Safe for use by many threads.
 *
 * @param schemas the schemas that they were written in
 * @param enrolments by which keys their hosts sign, and when they must
 */
public record Lookups(SchemaCatalog schemas, Enrolments enrolments) {
  /** The released schemas alone; nothing has to be signed. */
  public static Lookups releasedOnly() {
    return new Lookups(SchemaCatalog.releasedOnly(), Enrolments.NONE);
  }

  /** A codec for one thread that looks up what it needs here. */
  public EventCodec codec() {
    return new EventCodec(schemas, enrolments);
  }
}
