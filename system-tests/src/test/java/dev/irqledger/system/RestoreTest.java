package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster is lost, and made anew from an archive. */
@Timeout(300)
class RestoreTest {
  private static final int PARTITIONS = 4;
  private static final int POINTS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ConfigResource EVENTS =
      new ConfigResource(ConfigResource.Type.TOPIC, "irq.events");
  private static final String TIMESTAMPS = "message.timestamp.type";

  @TempDir private Path folder;

  /** What was known before, and must be known again. */
  private record Known(Map<String, String> answers, String violations) {}

  @Test
  void a_cluster_that_was_lost_is_made_anew_from_an_archive() throws Exception {
    String clusterId;
    Known before;
    try (TemporaryFolder lost = TemporaryFolder.create("irq-ledger-lost");
        EmbeddedBroker broker = EmbeddedBroker.start(lost.path())) {
      clusterId = clusterId(broker);
      fill(broker);
      before = known(broker);
    }
    try (TemporaryFolder anew = TemporaryFolder.create("irq-ledger-anew");
        EmbeddedBroker broker = EmbeddedBroker.start(anew.path(), clusterId)) {
      restoreInTwoParts(broker);
      try (LedgerService service = service(broker, "state-anew")) {
        assertTrue(service.awaitRunning(PATIENCE));
        GuestLoad.awaitSound(broker.bootstrapServers());
        assertEquals(before, known(broker));
        goOn(broker);
        GuestLoad.awaitSound(broker.bootstrapServers());
      }
      CommandRun again = restore(broker, archive());
      assertEquals(2, again.code(), again.out());
      assertTrue(again.err().contains("holds more than the archive"), again.err());
    }
  }

  private Path archive() {
    return folder.resolve("archive");
  }

  private LedgerService service(EmbeddedBroker broker, String state) {
    return LedgerService.start(
        ServiceSettings.of(broker.bootstrapServers(), folder.resolve(state))
            .withTopics(PARTITIONS, OptionalInt.of(1)));
  }

  /**
   * In the middle of it the archive is copied, which is then what an interrupted restore brought.
   */
  private void fill(EmbeddedBroker broker) throws Exception {
    try (LedgerService service = service(broker, "state");
        GuestLoad load = GuestLoad.start(folder, broker.bootstrapServers(), PARTITIONS)) {
      assertTrue(service.awaitRunning(PATIENCE));
      load.awaitFurther(100);
      run(broker, "replay", "archive", "pull", folder.resolve("part").toString());
      load.awaitFurther(200);
      load.finish();
      GuestLoad.awaitSound(broker.bootstrapServers());
      run(broker, "replay", "archive", "pull", archive().toString());
    }
  }

  private void restoreInTwoParts(EmbeddedBroker broker) throws Exception {
    CommandRun part = restore(broker, folder.resolve("part"));
    assertEquals(0, part.code(), part.err());
    // as one leaves it that was killed
    setTimestamps(broker, "CreateTime");
    CommandRun whole = restore(broker, archive());
    assertEquals(0, whole.code(), whole.err());
    assertTrue(whole.out().matches(".*: [1-9]\\d* records restored, [1-9]\\d* were there; .*\n"));
    assertEquals("LogAppendTime", timestamps(broker));
  }

  /** The same agents, with their journals. */
  private void goOn(EmbeddedBroker broker) throws Exception {
    try (GuestLoad load = GuestLoad.start(folder, broker.bootstrapServers(), PARTITIONS)) {
      load.awaitFurther(50);
      load.finish();
    }
  }

  private static CommandRun restore(EmbeddedBroker broker, Path archive) {
    return CommandRun.of(
        "replay", "archive", "restore", archive.toString(), "-b", broker.bootstrapServers());
  }

  private static String run(EmbeddedBroker broker, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-b", broker.bootstrapServers()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private Known known(EmbeddedBroker broker) {
    SortedMap<String, String> answers = new TreeMap<>();
    for (String point : points()) {
      answers.put(point, run(broker, "replay", "state", "--at", point, "-o", "json"));
    }
    String violations = run(broker, "replay", "sql", "--ready", "violations-told", "-o", "json");
    return new Known(answers, violations);
  }

  /** Events, and moments of the broker's clock, from everywhere in the history; and its end. */
  private List<String> points() {
    List<LogRecord> records = new ArrayList<>();
    try (ArchiveLogSource source = ArchiveLogSource.open(archive())) {
      SortedMap<Integer, Long> last = new TreeMap<>();
      source.ranges().forEach((partition, range) -> last.put(partition, range.end() - 1));
      source.read(last, records::add);
    }
    Random random = new Random(1);
    EventCodec codec = EventCodec.releasedOnly();
    List<String> points = new ArrayList<>();
    Instant end =
        Instant.ofEpochMilli(records.stream().mapToLong(LogRecord::logTimeMillis).max().orElse(0));
    points.add("time:" + end);
    for (int i = 0; i < POINTS; i++) {
      LogRecord record = records.get(random.nextInt(records.size()));
      points.add(
          i % 2 == 0
              ? "event:" + id(codec, record)
              : "time:" + Instant.ofEpochMilli(record.logTimeMillis()));
    }
    return points;
  }

  private static UUID id(EventCodec codec, LogRecord record) {
    return switch (codec.decode(record.value())) {
      case Decoded.Value<?>(dev.irqledger.core.event.InterruptEvent event) -> event.id();
      case Decoded<?> other -> throw new AssertionError(other.toString());
    };
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  private static String clusterId(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void setTimestamps(EmbeddedBroker broker, String type) throws Exception {
    try (Admin admin = admin(broker)) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  EVENTS,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(TIMESTAMPS, type), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static String timestamps(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.describeConfigs(List.of(EVENTS)).all().get().get(EVENTS).get(TIMESTAMPS).value();
    }
  }

  @Test
  void a_damaged_archive_is_refused_before_anything_is_written() throws Exception {
    Path archive = folder.resolve("damaged");
    copy(Path.of("src", "test", "resources", "golden", "recorded"), archive);
    Path events;
    try (Stream<Path> files = Files.list(archive.resolve("events"))) {
      events =
          files
              .filter(file -> file.toString().endsWith(".events.avro"))
              .max(Comparator.naturalOrder()) // those before it are leftovers of a writer
              .orElseThrow();
    }
    Files.write(events, new byte[] {0}, StandardOpenOption.APPEND);
    try (TemporaryFolder data = TemporaryFolder.create("irq-ledger-damaged");
        EmbeddedBroker broker = EmbeddedBroker.start(data.path());
        Admin admin = admin(broker)) {
      CommandRun refused = restore(broker, archive);
      assertEquals(6, refused.code(), refused.out() + refused.err());
      assertTrue(refused.err().endsWith("irq-ledger: nothing was written\n"), refused.err());
      assertTrue(admin.listTopics().names().get().isEmpty());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
