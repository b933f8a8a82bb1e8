package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

class HostPartitionerTest {
  @Test
  void a_host_has_the_partition_that_kafka_gives_its_name() {
    for (int i = 0; i < 1000; i++) {
      String host = "node-" + i + ".example";
      int expected = BuiltInPartitioner.partitionForKey(utf8(host), 48);
      assertEquals(expected, HostPartitioner.partition(host, 48));
    }
  }

  @Test
  void all_devices_of_a_host_are_where_the_host_is() {
    int host = HostPartitioner.partition("node-1", 48);
    assertEquals(host, HostPartitioner.partition(utf8("node-1"), 48));
    assertEquals(host, HostPartitioner.partition(utf8("node-1/0000:01:00.0"), 48));
    assertEquals(host, HostPartitioner.partition(utf8("node-1/0000:02:00.0"), 48));
  }

  @Test
  void known_hosts_keep_their_partitions_for_good() {
    assertEquals(
        List.of(10, 9, 1, 7),
        List.of(
            HostPartitioner.partition("node-1", 12),
            HostPartitioner.partition("node-2", 12),
            HostPartitioner.partition("rack1-node7.example", 12),
            HostPartitioner.partition("imported", 12)));
  }

  @Test
  void hosts_spread_over_all_partitions() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      used.add(HostPartitioner.partition("node-" + i, 48));
    }
    assertEquals(48, used.size());
  }

  @Test
  void a_record_without_a_key_has_a_partition_too() {
    int partition = HostPartitioner.partition((byte[]) null, 48);
    assertTrue(partition >= 0 && partition < 48);
  }

  @Test
  void a_producer_uses_the_same_rule() {
    Node node = new Node(1, "localhost", 9092);
    Node[] nodes = {node};
    Cluster cluster =
        new Cluster(
            "c",
            List.of(node),
            List.of(
                new PartitionInfo("t", 0, node, nodes, nodes),
                new PartitionInfo("t", 1, node, nodes, nodes),
                new PartitionInfo("t", 2, node, nodes, nodes)),
            Set.of(),
            Set.of());
    byte[] key = utf8("node-1/0000:01:00.0");
    try (HostPartitioner partitioner = new HostPartitioner()) {
      assertEquals(
          HostPartitioner.partition("node-1", 3),
          partitioner.partition("t", null, key, null, null, cluster));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
