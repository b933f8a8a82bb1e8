package dev.irqledger.system;

import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.system.GoldenRelease.Committed;
import dev.irqledger.system.GoldenRelease.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A cluster, a service's machine and hosts as a release left them behind. */
final class RevivedRelease implements AutoCloseable {
  private final Path folder;
  private final EmbeddedBroker broker;

  private RevivedRelease(Path folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  /**
   * Makes them.
   *
   * @param topics those of the release, or what has become of them
   * @param folder where all of it is put
   */
  static RevivedRelease of(GoldenRelease release, KeptTopics topics, Path folder) throws Exception {
    Facts facts = release.facts();
    FolderZip.unpack(release.stateFile(), state(folder));
    FolderZip.unpack(release.journalsFile(), journals(folder));
    Path data = Files.createDirectory(folder.resolve("broker"));
    EmbeddedBroker broker = EmbeddedBroker.start(data, facts.clusterId());
    try (TopicsRestore restore = new TopicsRestore(topics, broker.bootstrapServers())) {
      restore.run();
      commit(facts, broker.bootstrapServers());
      return new RevivedRelease(folder, broker);
    } catch (Exception | AssertionError e) {
      broker.close();
      throw e;
    }
  }

  private static void commit(Facts facts, String bootstrap) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (Committed each : facts.positions()) {
      positions.put(
          new TopicPartition(each.topic(), each.partition()),
          new OffsetAndMetadata(each.offset(), each.metadata()));
    }
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      admin
          .alterConsumerGroupOffsets(ServiceSettings.DEFAULT_APPLICATION_ID, positions)
          .all()
          .get();
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Path state() {
    return state(folder);
  }

  private static Path state(Path folder) {
    return folder.resolve("state");
  }

  Path journals() {
    return journals(folder);
  }

  private static Path journals(Path folder) {
    return folder.resolve("journals");
  }

  ServiceSettings settings() throws IOException {
    return GoldenReleaseWriter.settings(bootstrapServers(), state());
  }

  @Override
  public void close() {
    broker.close();
  }
}
