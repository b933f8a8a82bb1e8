package dev.irqledger.service;

import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.wire.topic.Topic;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Whether an instance has, since its start, once had everything that it is to keep: the states that
 * it owns and its copies of others', so that another one may end. Streams is running before its
 * copies are made.
 */
final class Completeness {
  private final KafkaStreams streams;
  private final Optional<HostInfo> self;
  private volatile boolean reached;

  /**
   * @param self where the others reach this instance; empty where they cannot
   */
  Completeness(KafkaStreams streams, Optional<String> self) {
    this.streams = streams;
    this.self = self.map(HostInfo::buildFromEndpoint);
  }

  /** Asks the brokers, until it once was so. */
  boolean reached() {
    if (!reached) {
      reached = complete();
    }
    return reached;
  }

  private boolean complete() {
    try {
      Set<Integer> wanted = new HashSet<>();
      for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
        if (self.filter(instance.hostInfo()::equals).isPresent()) {
          addLog(wanted, instance.topicPartitions());
          addLog(wanted, instance.standbyTopicPartitions());
        }
      }
      Map<String, Map<Integer, LagInfo>> lags = streams.allLocalStorePartitionLags();
      return lags.getOrDefault(LedgerTopology.DEVICE_STATES, Map.of()).keySet().containsAll(wanted)
          && lags.values().stream()
              .flatMap(store -> store.values().stream())
              .allMatch(lag -> lag.offsetLag() <= StreamsSettings.ACCEPTABLE_LAG);
    } catch (StreamsNotStartedException | IllegalStateException e) {
      return false; // it does not run yet, or not any more
    } catch (StreamsException e) {
      return false; // the brokers do not say how long the changelogs are
    }
  }

  private static void addLog(Set<Integer> wanted, Collection<TopicPartition> kept) {
    for (TopicPartition partition : kept) {
      if (partition.topic().equals(Topic.EVENTS.topicName())) {
        wanted.add(partition.partition());
      }
    }
  }
}
