package dev.irqledger.wire;

import org.jspecify.annotations.Nullable;

/** Where schemas are looked up that were not released with this program. */
@FunctionalInterface
public interface SchemaSource {
  /** Knows no further schema. */
  SchemaSource NONE = _ -> null;

  /**
   * The JSON text of the schema with that fingerprint, null where there is none. It is asked once
   * for each fingerprint, and its answer is final: a producer publishes a schema before the first
   * record that needs it.
   *
   * @throws LookupUnavailable if it cannot tell now
   */
  @Nullable String schema(long fingerprint);
}
