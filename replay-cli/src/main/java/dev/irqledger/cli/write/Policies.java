package dev.irqledger.cli.write;

import dev.irqledger.cli.HostName;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * All policies, as the topic had them when it was read to its end.
 *
 * @param byHost the latest of each host, and of {@link #EVERY_HOST}
 * @param unreadable the hosts whose latest policy could not be read
 */
record Policies(SortedMap<String, Held> byHost, Set<String> unreadable) {
  /** The key of the policy for hosts without one of their own. */
  static final String EVERY_HOST = HostName.EVERY;

  /** A policy and where it stands in the topic. */
  record Held(Place place, Policy policy) {}

  /** Reads them. */
  static Policies read(TopicReader reader, SchemaCatalog schemas) {
    WireCodec<Policy> codec = new WireCodec<>(Policy.class, schemas);
    SortedMap<String, Held> policies = new TreeMap<>();
    Set<String> unreadable = new TreeSet<>();
    List<TopicPartition> partitions = reader.partitions(Topic.POLICIES);
    Map<TopicPartition, Long> ends = reader.ends(partitions);
    reader.read(
        reader.beginnings(partitions),
        ends,
        record -> {
          String host = host(record);
          policies.remove(host);
          unreadable.remove(host);
          if (record.value() != null) {
            switch (codec.decode(record.value())) {
              case Decoded.Undecodable<Policy> _ -> unreadable.add(host);
              case Decoded.Value<Policy>(Policy policy) ->
                  policies.put(host, new Held(Place.of(record), policy));
            }
          }
          return true;
        });
    return new Policies(policies, unreadable);
  }

  private static String host(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  /** The host's own; null where it has none. */
  @Nullable Held own(String host) {
    return byHost.get(host);
  }

  /** What holds for the host: its own, or that of every host; null where neither is. */
  @Nullable Held effective(String host) {
    Held own = byHost.get(host);
    return own == null ? byHost.get(EVERY_HOST) : own;
  }
}
