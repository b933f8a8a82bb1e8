package dev.irqledger.wire.topic;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that no file may change, each with the reason in words. */
final class FixedSettings {
  private static final String BYTES = "the programs read and write bytes, which their codecs judge";
  private static final String POSITIONS = "positions in the log are the programs' own to keep";
  private static final String HANDLERS = "to pass over a record would falsify history";
  private static final String ORDER = "a host's events must reach the log once, and in order";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          // What has an option of its own: one value must not come from two places.
          Map.entry("bootstrap.servers", "say --bootstrap-server instead"),
          Map.entry("application.id", "say --application-id instead"),
          Map.entry("state.dir", "say --state-dir instead"),
          Map.entry("num.stream.threads", "say --threads instead"),
          Map.entry("num.standby.replicas", "say --standby-replicas instead"),
          Map.entry("commit.interval.ms", "say --commit-interval instead"),
          Map.entry("replication.factor", "say --replication-factor instead"),
          Map.entry("default.api.timeout.ms", "say --timeout instead"),
          Map.entry("max.block.ms", "say --timeout instead"),
          // What the log's promises stand on.
          Map.entry(
              "processing.guarantee",
              "states, findings and positions are committed together, or not at all"),
          Map.entry(
              "isolation.level", "what the service took back in a transaction must not be seen"),
          Map.entry("enable.idempotence", ORDER),
          Map.entry("max.in.flight.requests.per.connection", ORDER),
          Map.entry("retries", ORDER),
          Map.entry("delivery.timeout.ms", ORDER),
          Map.entry("acks", "an acknowledged event is on every replica that is in sync"),
          Map.entry("transactional.id", "Kafka Streams names the transactions itself"),
          Map.entry(
              "partitioner.class", "everything about a host meets in one partition, everywhere"),
          Map.entry("partitioner.ignore.keys", "everything about a host meets in one partition"),
          Map.entry(
              "group.protocol",
              "the streams protocol would fold all history anew with every new release (KIP-1071)"),
          Map.entry("group.id", "the group's name keeps the positions: say --application-id"),
          Map.entry("enable.auto.commit", POSITIONS),
          Map.entry(
              "auto.offset.reset",
              "a position that the log lost is an error, not one to jump over"),
          Map.entry(
              "allow.auto.create.topics",
              "a misspelt name must not become a topic with the broker's defaults"),
          Map.entry("check.crcs", "damaged records must not pass for history"),
          Map.entry(
              "interceptor.classes",
              "a plug-in between the programs and the log could change what is written"),
          Map.entry("key.serializer", BYTES),
          Map.entry("value.serializer", BYTES),
          Map.entry("key.deserializer", BYTES),
          Map.entry("value.deserializer", BYTES),
          Map.entry("default.key.serde", BYTES),
          Map.entry("default.value.serde", BYTES),
          Map.entry("deserialization.exception.handler", HANDLERS),
          Map.entry("default.deserialization.exception.handler", HANDLERS),
          Map.entry("processing.exception.handler", HANDLERS),
          Map.entry("processing.exception.handler.global.enabled", HANDLERS),
          Map.entry("production.exception.handler", HANDLERS),
          Map.entry("default.production.exception.handler", HANDLERS),
          Map.entry("topology.optimization", "the topology is written as it is to run"),
          Map.entry(
              "ensure.explicit.internal.resource.naming",
              "a changelog named by a number would be lost with the next release (KIP-1111)"),
          Map.entry("rocksdb.config.setter", "the memory of all stores together is bounded there"));

  private FixedSettings() {}

  /** Why that setting, named without a prefix, is not the user's to make; null where it is. */
  static @Nullable String reason(String name) {
    return REASONS.get(name);
  }
}
