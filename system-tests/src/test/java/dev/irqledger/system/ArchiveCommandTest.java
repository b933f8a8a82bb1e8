package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.recordings.Samples;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The log on a broker and an archive of it give the same answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PARTITIONS = 4;

  @TempDir private static Path folder;
  private TestBroker broker;
  private Path archive;

  @BeforeAll
  void fill() throws Exception {
    broker = TestBroker.withTopics(PARTITIONS);
    importing("hv-1", Samples.EXHAUSTION);
    importing("hv-2", Samples.EXHAUSTION);
    broker.append("irq.events", "hv-9/0000:01:00.0", new byte[] {1, 2, 3});
    importing("hv-3", Samples.EXHAUSTION);
    archive = folder.resolve("archive");
    CommandRun pull =
        CommandRun.at(broker, "replay archive pull --checkpoint-every 5", archive.toString());
    assertEquals(0, pull.code(), pull.err());
  }

  @AfterAll
  void stop() throws IOException {
    broker.close();
  }

  private void importing(String host, String sample) throws IOException {
    Path file =
        Files.write(folder.resolve(host + "-" + sample.replace('/', '-')), Samples.lines(sample));
    CommandRun run = CommandRun.at(broker, "replay import --host " + host, file.toString());
    assertEquals(0, run.code(), run.err());
  }

  private CommandRun offline(String line, String... more) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of(more));
    return run(words, "--archive", archive.toString());
  }

  /** The same command on both gives the same output, word for word, and the same exit code. */
  private CommandRun both(String line, String... more) {
    CommandRun kafka = CommandRun.at(broker, line, more);
    assertEquals(kafka, offline(line, more), line + String.join(" ", more));
    return kafka;
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String host : List.of("hv-1", "hv-2", "hv-3")) {
      CommandRun run = both("replay history -o json -d", host + "/" + device(host));
      for (String line : run.out().lines().toList()) {
        events.add(JSON.readTree(line));
      }
    }
    return events;
  }

  private String device(String host) throws IOException {
    CommandRun run = CommandRun.at(broker, "replay state -o json --host " + host);
    return JSON.readTree(run.out()).get("devices").get(0).get("device").asText();
  }

  private record At(String point, String host) {}

  /** Points at events taken at random, each with the host that it is of. */
  private List<At> points(int count) throws IOException {
    List<JsonNode> events = events();
    Random random = new Random(7);
    List<At> points = new ArrayList<>();
    while (points.size() < count) {
      JsonNode event = events.get(random.nextInt(events.size()));
      String point =
          switch (points.size() % 3) {
            case 0 -> "event:" + event.get("event").asText();
            case 1 -> "time:" + event.get("logTime").asText();
            default ->
                "offset:" + event.get("partition").asInt() + "@" + event.get("offset").asInt();
          };
      if (point.startsWith("time:")) {
        // A millisecond more or less, since many records have one time.
        Instant time = Instant.parse(point.substring(5)).plusMillis(random.nextInt(3) - 1);
        point = "time:" + time;
      }
      points.add(new At(point, event.get("host").asText()));
    }
    return points;
  }

  @Test
  void at_a_hundred_points_the_states_are_the_same() throws IOException {
    EventCodec codec = EventCodec.releasedOnly();
    try (LogSource kafka =
            KafkaLogSource.open(
                ConsumerSettings.readCommitted(broker.bootstrapServers()),
                Topic.EVENTS.topicName());
        LogSource copy = ArchiveLogSource.open(archive)) {
      for (At at : points(100)) {
        String point = at.point();
        Devices devices = new Devices(at.host(), null);
        assertEquals(
            answer(kafka, codec, point, devices), answer(copy, codec, point, devices), point);
        if (!point.startsWith("offset:")) {
          assertEquals(
              answer(kafka, codec, point, Devices.ALL),
              answer(copy, codec, point, Devices.ALL),
              point);
        }
      }
    }
  }

  private static String answer(LogSource log, EventCodec codec, String point, Devices devices) {
    ResolvedPoint resolved =
        new PointResolver(log, codec, InstantSource.system())
            .resolve(PointParser.parse(point), devices.host());
    Image image = new Replayer(log, codec).state(resolved, devices, _ -> true);
    return image.point()
        + " "
        + image.logTimeMillis()
        + " "
        + image.unreadable().count()
        + " "
        + image.devices();
  }

  /** What is asked at a point, of its host and its device. */
  private static final List<List<String>> QUESTIONS =
      Stream.of(
              "state -o json --at AT --host HOST",
              "state --at AT --host HOST",
              "history --at AT -d DEVICE",
              "history -o json --at AT -d DEVICE --vector 7",
              "explain --at AT -d DEVICE --vector 0",
              "explain -o json --at AT -d DEVICE --vector 350",
              "diff --from AT -d DEVICE",
              "diff -o json --from AT -d DEVICE",
              "what-if -o json --at AT --host HOST --policy FREE_ON_CLEAR",
              "what-if --at AT --host HOST --policy LRU_CAP(8) --irtes 400",
              "fit --at AT --host HOST --irtes 65536 --add",
              "bisect --good earliest --bad AT --host HOST total().armed+>+0",
              "bisect --good earliest --bad AT --host HOST --first total().reserved+>+0",
              "report --to AT --host HOST --out FILE",
              "sign --at AT --host HOST --key SECRET --public-key OPEN --out FILE",
              "sql -o json --at AT --host HOST FROM+vectors+ORDER+BY+ALL",
              "sql -o csv --at AT --host HOST FROM+levels+ORDER+BY+ALL",
              "sql --at AT --host HOST FROM+violations+ORDER+BY+ALL")
          .map(line -> List.of(line.split(" ")))
          .toList();

  @Test
  void at_a_hundred_points_the_commands_print_the_same_word_for_word() throws Exception {
    SigningKeys keys = SigningKeys.create(folder);
    Map<String, Integer> answers = new TreeMap<>();
    int asked = 0;
    for (At at : points(100)) {
      List<String> question = QUESTIONS.get(asked++ % QUESTIONS.size());
      Path file = folder.resolve("file");
      String device = at.host() + "/" + device(at.host());
      List<String> words = new ArrayList<>(List.of("replay"));
      for (String word : question) {
        words.add(
            switch (word) {
              case "AT" -> at.point();
              case "HOST" -> at.host();
              case "DEVICE" -> device;
              case "FILE" -> file.toString();
              case "SECRET" -> keys.secret().toString();
              case "OPEN" -> keys.open().toString();
              default -> word.replace('+', ' ');
            });
      }
      if (question.getLast().equals("--add")) {
        words.add(device + " x 2");
      }
      if (sameFromBoth(words, file).code() <= 1) {
        answers.merge(question.getFirst(), 1, Integer::sum);
      }
    }
    // a millisecond before a host's first event there is nothing of it
    assertEquals(10, answers.size(), answers.toString());
    assertTrue(answers.values().stream().mapToInt(n -> n).sum() >= 80, answers.toString());
  }

  /** What is printed, and what is written to the file. */
  private CommandRun sameFromBoth(List<String> words, Path file) throws IOException {
    CommandRun kafka = run(words, "-b", broker.bootstrapServers());
    String written = Files.exists(file) ? Files.readString(file) : "";
    CommandRun offline = run(words, "--archive", archive.toString());
    String asked = String.join(" ", words);
    assertEquals(kafka, offline, asked);
    assertEquals(written, Files.exists(file) ? Files.readString(file) : "", asked);
    Files.deleteIfExists(file);
    return kafka;
  }

  private static CommandRun run(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void the_whole_log_is_found_the_same() {
    assertEquals(1, both("replay what-if --policy FREE_ON_CLEAR -o json").code());
    assertEquals(1, both("replay verify --log-only").code());
    assertTrue(both("replay verify --log-only -o json --host hv-2").out().contains("sound"));
    assertEquals(1, both("replay sql -o csv", "FROM events ORDER BY ALL").code());
  }

  @Test
  void the_ends_of_the_log_are_the_same() {
    assertEquals(1, both("replay state").code());
    var _ = both("replay state --at earliest");
    var _ = both("replay state --host hv-2 --at host-time:2026-01-01T00:00:00Z");
  }

  @Test
  void what_is_not_there_is_the_same_error() {
    assertEquals(5, both("replay state --host nobody").code());
    // Each run says what time it is now, so only the codes are compared.
    assertEquals(5, offline("replay state --at time:2999-01-01T00:00:00Z").code());
    assertEquals(5, both("replay state --at event:00000000-0000-7000-8000-000000000000").code());
    assertEquals(5, both("replay state --at offset:0@99999").code());
  }

  @Test
  void it_is_in_order_and_says_what_it_holds() throws IOException {
    CommandRun check = CommandRun.of("replay", "archive", "check", archive.toString());
    assertEquals(0, check.code(), check.err());
    CommandRun list = CommandRun.of("replay", "archive", "ls", "-o", "json", archive.toString());
    long records = 0;
    long checkpoints = 0;
    for (JsonNode partition : JSON.readTree(list.out()).get("partitions")) {
      records += partition.get("records").asLong();
      checkpoints += partition.get("checkpoints").asLong();
    }
    assertEquals(3L * operations() + 1, records);
    assertTrue(checkpoints > 0);
    CommandRun table = CommandRun.of("replay", "archive", "ls", archive.toString());
    assertEquals(PARTITIONS + 2, table.out().lines().count());
  }

  private static long operations() throws IOException {
    return Samples.lines(Samples.EXHAUSTION).size() - 1L;
  }

  @Test
  void an_append_adds_what_has_come_since_and_a_prune_drops_what_is_old() throws IOException {
    Path grown = folder.resolve("grown");
    try (TestBroker other = TestBroker.withTopics(1)) {
      Path file = Files.write(folder.resolve("more"), Samples.lines(Samples.EXHAUSTION));
      assertEquals(6, CommandRun.at(other, "replay archive append", grown.toString()).code());
      for (String host : List.of("a", "b")) {
        CommandRun imported = CommandRun.at(other, "replay import --host " + host, file.toString());
        assertEquals(0, imported.code(), imported.err());
        CommandRun pull =
            CommandRun.at(other, "replay archive pull --checkpoint-every 5", grown.toString());
        assertEquals(0, pull.code(), pull.err());
        assertTrue(pull.out().contains(operations() + " records added"), pull.out());
      }
      CommandRun nothing = CommandRun.at(other, "replay archive append", grown.toString());
      assertTrue(nothing.out().contains(" 0 records added"), nothing.out());
      String middle = "offset:0@" + operations();
      CommandRun whole = CommandRun.at(other, "replay state -o json --at " + middle);
      CommandRun prune =
          CommandRun.of("replay", "archive", "prune", grown.toString(), "--before", middle);
      assertEquals(0, prune.code(), prune.err());
      CommandRun kept =
          CommandRun.of(
              "replay", "state", "-o", "json", "--at", middle, "--archive", grown.toString());
      assertEquals(whole, kept);
      CommandRun early =
          CommandRun.of("replay", "state", "--at", "offset:0@1", "--archive", grown.toString());
      assertEquals(5, early.code());
      assertTrue(early.err().contains("pruned"), early.err());
      CommandRun verified = CommandRun.of("replay", "verify", "--archive", grown.toString());
      assertEquals(0, verified.code(), verified.out());
      assertTrue(verified.err().contains("what came before was pruned"), verified.err());
      CommandRun check = CommandRun.of("replay", "archive", "check", grown.toString());
      assertEquals(0, check.code(), check.err());
    }
  }

  @Test
  void recordings_go_into_an_archive_as_they_go_into_kafka() throws IOException {
    Path file = Files.write(folder.resolve("sent"), Samples.lines(Samples.EXHAUSTION));
    String received = folder.resolve("received").toString();
    for (long added : new long[] {operations(), 0}) {
      CommandRun run =
          CommandRun.of("replay", "import", file.toString(), "--host", "hv-1", "--out", received);
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains(": " + added + " operations imported"), run.out());
    }
    try (TestBroker other = TestBroker.withTopics(1)) {
      CommandRun imported = CommandRun.at(other, "replay import --host hv-1", file.toString());
      assertEquals(0, imported.code(), imported.err());
      for (long n = 0; n < operations(); n += 3) {
        String at = "offset:0@" + n;
        CommandRun kafka = CommandRun.at(other, "replay state -o json --at " + at);
        CommandRun offline =
            CommandRun.of("replay", "state", "-o", "json", "--at", at, "--archive", received);
        assertEquals(0, offline.code(), offline.err());
        assertEquals(devices(kafka), devices(offline));
      }
      assertEquals(2, CommandRun.at(other, "replay archive append", received).code());
    }
    CommandRun intoCopy =
        CommandRun.of("replay", "import", file.toString(), "--out", archive.toString());
    assertEquals(2, intoCopy.code(), intoCopy.err());
  }

  private static JsonNode devices(CommandRun run) throws IOException {
    return JSON.readTree(run.out()).get("devices");
  }

  @Test
  void the_archive_of_another_cluster_is_not_added_to() throws IOException {
    try (TestBroker other = TestBroker.withTopics(PARTITIONS)) {
      CommandRun run = CommandRun.at(other, "replay archive append", archive.toString());
      assertEquals(2, run.code());
      assertTrue(run.err().contains("another log"), run.err());
    }
  }
}
