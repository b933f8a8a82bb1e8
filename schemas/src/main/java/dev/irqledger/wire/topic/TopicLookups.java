package dev.irqledger.wire.topic;

import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;

/** What is looked up in the topics of the log's own cluster. */
public final class TopicLookups {
  private TopicLookups() {}

  /**
   * In that cluster.
   *
   * @param more what the user adds to the consumers' settings
   */
  public static Lookups of(String bootstrap, ClientSettings more) {
    SchemaCatalog schemas = new SchemaCatalog(TopicSchemaSource.of(bootstrap, more));
    return new Lookups(schemas, TopicEnrolments.of(bootstrap, more, schemas));
  }
}
