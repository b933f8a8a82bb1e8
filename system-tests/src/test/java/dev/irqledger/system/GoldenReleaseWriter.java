package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.system.GoldenRelease.Committed;
import dev.irqledger.system.GoldenRelease.Facts;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;

/** Makes the golden release of the version at hand. */
final class GoldenReleaseWriter {
  /** What the journal keeps for a full disk, and RocksDB's word on what it did: no state. */
  private static final Set<String> LEFT_OUT = Set.of("ballast", "LOG");

  private static final int CALLS = 40;
  private static final int CALLS_WAITING = 5;
  private static final long SEED = 1;

  private final GoldenRelease release;

  GoldenReleaseWriter(GoldenRelease release) {
    this.release = release;
  }

  /** Makes it; one that is there is never made anew, since no later version could. */
  void write() throws Exception {
    Files.createDirectory(release.folder());
    String clusterId = Uuid.randomUuid().toString();
    SortedMap<String, JsonNode> answers;
    List<Committed> positions;
    SortedMap<String, List<UUID>> waiting;
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-golden")) {
      Path data = folder.path().resolve("broker");
      Path state = folder.path().resolve("state");
      Path journals = folder.path().resolve("journals");
      EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(data), clusterId);
      try {
        String bootstrap = broker.bootstrapServers();
        makeTopics(bootstrap);
        CommandRun limits =
            CommandRun.of(
                "policy", "set", "--host", "*", "--budget", "device:*:armed=8", "-b", bootstrap);
        assertEquals(0, limits.code(), limits.err());
        try (GoldenHosts hosts = GoldenHosts.start(journals, bootstrap, SEED)) {
          var _ = hosts.perform(CALLS);
          hosts.awaitDrained();
          appendPoison(bootstrap);
          try (ServedInstance service = ServedInstance.start(settings(bootstrap, state))) {
            var _ = PublishedJudge.awaitEqual(bootstrap, GoldenHosts.devices());
            answers = GoldenAnswers.of(service);
          }
          positions = positions(bootstrap);
          KeptTopics topics = KeptTopics.of(bootstrap);
          KeptTopicsFile.write(topics, release.topicsFile());
          broker.close();
          waiting = hosts.perform(CALLS_WAITING);
          assertTrue(hosts.backlog() > 0);
        }
      } finally {
        broker.close();
      }
      FolderZip.pack(state, release.stateFile(), GoldenReleaseWriter::state);
      FolderZip.pack(journals, release.journalsFile(), GoldenReleaseWriter::state);
    }
    release.write(new Facts(clusterId, positions, waiting, answers));
  }

  private static boolean state(String file) {
    return !LEFT_OUT.contains(file) && !file.startsWith("LOG.old");
  }

  static ServiceSettings settings(String bootstrap, Path state) throws IOException {
    return ServiceSettings.of(bootstrap, Files.createDirectories(state))
        .withTopics(GoldenHosts.PARTITIONS, OptionalInt.of(1));
  }

  private static void makeTopics(String bootstrap) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      assertTrue(Topics.ensure(admin, GoldenHosts.PARTITIONS, 1).sound());
    }
  }

  private static void appendPoison(String bootstrap) throws Exception {
    try (var producer = new KafkaProducer<String, byte[]>(ProducerSettings.idempotent(bootstrap))) {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.EVENTS.topicName(),
                  "hv-1/0000:01:00.0",
                  "poison".getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static List<Committed> positions(String bootstrap) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      List<Committed> positions = new ArrayList<>();
      admin
          .listConsumerGroupOffsets(ServiceSettings.DEFAULT_APPLICATION_ID)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, at) ->
              positions.add(
                  new Committed(
                      partition.topic(), partition.partition(), at.offset(), at.metadata())));
      return positions;
    }
  }
}
