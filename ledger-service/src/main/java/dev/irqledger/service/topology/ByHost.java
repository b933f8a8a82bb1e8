package dev.irqledger.service.topology;

import dev.irqledger.wire.topic.HostPartitioner;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** The project's rule of partitioning, as Streams asks for it. */
final class ByHost implements StreamPartitioner<byte[], byte[]> {
  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte @Nullable [] key, byte @Nullable [] value, int partitions) {
    return Optional.of(Set.of(HostPartitioner.partition(key, partitions)));
  }
}
