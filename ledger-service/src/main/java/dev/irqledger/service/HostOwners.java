package dev.irqledger.service;

import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.wire.topic.HostPartitioner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Knows which instance owns a host's devices. */
final class HostOwners {
  private final KafkaStreams streams;

  HostOwners(KafkaStreams streams) {
    this.streams = streams;
  }

  String of(String host) {
    KeyQueryMetadata found = known(host);
    HostInfo owner = found.activeHost();
    if (owner.equals(HostInfo.unavailable())) {
      throw new ServiceException(
          Kind.NOT_READY,
          "no instance that answers questions owns the host: ask again in a moment, or serve HTTP"
              + " in every instance");
    }
    return address(owner);
  }

  List<String> standbysOf(String host) {
    return known(host).standbyHosts().stream()
        .filter(standby -> !standby.equals(HostInfo.unavailable()))
        .map(HostOwners::address)
        .toList();
  }

  private static String address(HostInfo instance) {
    return instance.host() + ":" + instance.port();
  }

  private KeyQueryMetadata known(String host) {
    KeyQueryMetadata found = metadata(host);
    if (found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw moved(null);
    }
    return found;
  }

  private KeyQueryMetadata metadata(String host) {
    try {
      return streams.queryMetadataForKey(
          LedgerTopology.DEVICE_STATES,
          host,
          (_, key, _, partitions) ->
              Optional.of(Set.of(HostPartitioner.partition(key, partitions))));
    } catch (StreamsNotStartedException | IllegalStateException e) {
      throw moved(e);
    }
  }

  private static ServiceException moved(@Nullable Exception cause) {
    String message = "it is being settled which instance owns the host: ask again in a moment";
    return cause == null
        ? new ServiceException(Kind.NOT_READY, message)
        : new ServiceException(Kind.NOT_READY, message, cause);
  }
}
