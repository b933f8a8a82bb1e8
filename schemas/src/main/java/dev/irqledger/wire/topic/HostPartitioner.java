package dev.irqledger.wire.topic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The one rule by which a record finds its partition: Kafka's own hash (murmur2), of the key's host
 * alone. So one host is one order, and has the same partition in every topic of the same size.
 */
public final class HostPartitioner implements Partitioner {
  private static final byte[] NO_KEY = {};

  /** The partition of everything about that host. */
  public static int partition(String host, int partitions) {
    return partition(host.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /**
   * The partition of a record.
   *
   * @param key {@code host/BDF} or {@code host} in UTF-8; null is treated as an empty name
   */
  public static int partition(byte @Nullable [] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(host(key == null ? NO_KEY : key))) % partitions;
  }

  private static byte[] host(byte[] key) {
    for (int i = 0; i < key.length; i++) {
      if (key[i] == '/') {
        return Arrays.copyOf(key, i);
      }
    }
    return key;
  }

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    return partition(keyBytes, cluster.partitionCountForTopic(topic));
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
