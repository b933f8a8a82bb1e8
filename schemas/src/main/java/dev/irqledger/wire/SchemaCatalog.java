package dev.irqledger.wire;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;
import org.jspecify.annotations.Nullable;

/**
 * Schemas by fingerprint: every version ever released, from the class path; others from a source
 * that is asked once for each. Safe for use by many threads.
 */
public final class SchemaCatalog implements SchemaStore {
  /** How many answers of the source are remembered, the latest used. */
  static final int MOST_ANSWERS = 1024;

  private static final Map<Long, Schema> RELEASED = released();

  private final SchemaSource source;

  private final Map<Long, Optional<Schema>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<Schema>> eldest) {
          return size() > MOST_ANSWERS;
        }
      };

  /** The released schemas, and beyond them that source. */
  public SchemaCatalog(SchemaSource source) {
    this.source = source;
  }

  /** The released schemas alone. */
  public static SchemaCatalog releasedOnly() {
    return new SchemaCatalog(SchemaSource.NONE);
  }

  /**
   * The schema with that fingerprint, null where nobody knows it.
   *
   * @throws LookupUnavailable if the source cannot tell now
   */
  @Override
  public @Nullable Schema findByFingerprint(long fingerprint) {
    Schema known = RELEASED.get(fingerprint);
    return known != null ? known : asked(fingerprint);
  }

  private synchronized @Nullable Schema asked(long fingerprint) {
    Optional<Schema> answer = answers.get(fingerprint);
    if (answer == null) {
      answer = checked(fingerprint, source.schema(fingerprint));
      answers.put(fingerprint, answer);
    }
    return answer.orElse(null);
  }

  /** A text that is no schema, or another one than was asked for, is no answer. */
  private static Optional<Schema> checked(long fingerprint, @Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      Schema schema = WireSchema.parse(json);
      return Fingerprint.of(schema) == fingerprint ? Optional.of(schema) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Map<Long, Schema> released() {
    Map<Long, Schema> schemas = new HashMap<>();
    for (WireSchema current : WireSchema.values()) {
      schemas.put(current.fingerprint(), current.schema());
    }
    for (String name : ReleasedSchemas.names()) {
      Schema schema = ReleasedSchemas.schema(name);
      schemas.putIfAbsent(Fingerprint.of(schema), schema);
    }
    return Map.copyOf(schemas);
  }
}
