package dev.irqledger.faults;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The settings of one of several Kafka nodes, each broker and controller.
 *
 * @param id its number, from 1
 * @param addresses of all nodes, in the order of their numbers
 */
record BrokerSettings(int id, List<String> addresses) {
  static List<BrokerSettings> of(List<String> addresses) {
    List<BrokerSettings> all = new ArrayList<>();
    for (int id = 1; id <= addresses.size(); id++) {
      all.add(new BrokerSettings(id, addresses));
    }
    return all;
  }

  /** Writes them as {@code server.properties}. */
  void write(Path file, Path log) throws IOException {
    String address = addresses.get(id - 1);
    String replicas = Integer.toString(addresses.size());
    String inSync = Integer.toString(addresses.size() - 1);
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(id));
    settings.put(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, addresses.size())
            .mapToObj(each -> each + "@" + addresses.get(each - 1) + ":9093")
            .collect(Collectors.joining(",")));
    settings.put(
        "listeners", "PLAINTEXT://%s:9092,CONTROLLER://%s:9093".formatted(address, address));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("log.dirs", log.toString());
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    // Few partitions start faster.
    settings.put("offsets.topic.num.partitions", "3");
    settings.put("transaction.state.log.num.partitions", "3");
    settings.put("auto.create.topics.enable", "false");
    // The default reserves 128 MiB for a compaction that has nothing to do here.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
    }
  }
}
