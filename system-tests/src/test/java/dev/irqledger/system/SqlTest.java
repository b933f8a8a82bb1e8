package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.cli.sql.ReadyQuery;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.ArchiveWriter;
import dev.irqledger.standalone.GuestFleet;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions in SQL, to a log of ten hosts: one of them short of CPU vectors, one with an event
 * missing, and beside them a host with a request refused to somebody with an ill-meaning name.
 */
class SqlTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PARTITIONS = 3;
  private static final int EVENTS = 6_000;
  private static final int MISSING = 5_990;
  private static final DeviceKey OPERATED = new DeviceKey("ops", new Bdf("0000:01:00.0"));

  @TempDir private static Path folder;

  /** Sorts 60 rows for each event of the partitions' beginnings. */
  private static final String LARGE =
      "SELECT max(place) AS n FROM (SELECT row_number() OVER (ORDER BY b.hash, a.event_id) AS place"
          + " FROM events a CROSS JOIN events b WHERE b.log_offset < 60)";

  private static final SortedMap<Integer, Long> ENDS = new TreeMap<>();

  @BeforeAll
  static void make() {
    GuestFleet fleet = new GuestFleet(10, 4, BEGIN, 7);
    try (ArchiveWriter writer =
        ArchiveWriter.create(
            fleet(), Lookups.releasedOnly(), Topic.EVENTS.topicName(), PARTITIONS, 500)) {
      for (int i = 0; i < EVENTS; i++) {
        SealedEvent event = fleet.next();
        if (i != MISSING) {
          append(event, writer);
        }
      }
      append(refusal(), writer);
      writer.finish(ENDS);
    }
    CommandRun.of("replay", "samples", "--out", folder.resolve("recordings").toString());
    Path recording = folder.resolve("recordings/nvme2048-exhaustion.jsonl");
    CommandRun imported =
        CommandRun.of(
            "replay", "import", recording.toString(), "--out", folder.resolve("case").toString());
    assertEquals(0, imported.code(), imported.err());
  }

  private static Path fleet() {
    return folder.resolve("fleet");
  }

  private static SealedEvent refusal() {
    Actor actor = new Actor("vm\u001b[31m", null, 7, "qemu", null).answering(new UUID(1, 2));
    return new EventSealer(EventCodec.releasedOnly(), 1, "boot-ops", KnownHeads.FIRST_EPOCH)
        .seal(
            new UUID(3, 4),
            OPERATED,
            Source.AGENT_CALL,
            actor,
            BEGIN.toEpochMilli() * 1000,
            new CommandRefused("too late"));
  }

  private static void append(SealedEvent event, ArchiveWriter writer) {
    int partition = HostPartitioner.partition(event.event().device().host(), PARTITIONS);
    long offset = ENDS.merge(partition, 1L, Long::sum) - 1;
    long logTime = event.event().hostTimeMicros() / 1000 + 3;
    byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
    writer.accept(new LogRecord(partition, offset, logTime, key, event.bytes()));
  }

  private static CommandRun sql(Path archive, String... arguments) {
    List<String> words = new ArrayList<>(List.of("replay", "sql", "--archive", archive.toString()));
    words.addAll(List.of(arguments));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static List<JsonNode> rows(Path archive, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("-o", "json"));
    words.addAll(List.of(arguments));
    CommandRun run = sql(archive, words.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static Stream<String> readyQueries() {
    return ReadyQuery.all().stream().map(ReadyQuery::name);
  }

  private static String value(String parameter, Path archive) {
    return switch (parameter) {
      case "device" -> archive.equals(fleet()) ? "hv-0009/0000:00:00.0" : "imported/0000:01:00.0";
      case "host" -> archive.equals(fleet()) ? "hv-0009" : "imported";
      case "vector" -> "0";
      case "irq" -> "50";
      case "from" -> "2026-01-01T00:00:10Z";
      case "to" -> "2031-01-01T00:00:00Z";
      case "minutes", "most" -> "3";
      default -> throw new IllegalArgumentException(parameter);
    };
  }

  private static List<JsonNode> ready(String name, Path archive) throws IOException {
    List<String> words = new ArrayList<>(List.of("--ready", name));
    for (String parameter : ReadyQuery.named(name).parameters().keySet()) {
      words.addAll(List.of("-p", parameter + "=" + value(parameter, archive)));
    }
    return rows(archive, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("readyQueries")
  void every_ready_question_has_an_answer_in_one_of_two_logs(String name) throws IOException {
    assertFalse(
        ready(name, fleet()).isEmpty() && ready(name, folder.resolve("case")).isEmpty(),
        name + " has no row");
  }

  /** A vector of a device, and all that is told of it. */
  private static String cell(JsonNode device, JsonNode vector) {
    return device.path("host").asText()
        + "/"
        + device.path("device").asText()
        + " "
        + vector.path("vector")
        + " "
        + vector.path("phase").asText()
        + " "
        + vector.path(vector.has("linuxIrq") ? "linuxIrq" : "irq")
        + " "
        + (vector.path("trigger").asInt(-1) < 0 ? "none" : vector.path("trigger"));
  }

  private static SortedSet<String> cells(List<JsonNode> rows) {
    TreeSet<String> cells = new TreeSet<>();
    rows.forEach(row -> cells.add(cell(row, row)));
    return cells;
  }

  private static JsonNode state(String point) throws IOException {
    CommandRun run =
        CommandRun.of(
            "replay", "state", "--archive", fleet().toString(), "--at", point, "-o", "json");
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  private static SortedSet<String> stateCells(JsonNode state) {
    TreeSet<String> cells = new TreeSet<>();
    for (JsonNode device : state.path("devices")) {
      device.path("vectors").forEach(vector -> cells.add(cell(device, vector)));
    }
    return cells;
  }

  @Test
  void spans_levels_and_tables_of_states_say_what_the_fold_says_at_any_point() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 10; i++) {
      SortedMap<Integer, Long> last = new TreeMap<>();
      ENDS.forEach((partition, end) -> last.put(partition, random.nextLong(end + 1) - 1));
      compare(last);
    }
  }

  private static void compare(SortedMap<Integer, Long> last) throws IOException {
    String point = "offset:" + String.join(",", last.entrySet().stream().map(SqlTest::at).toList());
    JsonNode state = state(point);
    SortedSet<String> expected = stateCells(state);
    assertEquals(expected, cells(rows(fleet(), "--at", point, "FROM vectors")), point);
    StringBuilder here = new StringBuilder("false");
    last.forEach((partition, offset) ->
        here.append(
            " OR log_partition = %d AND from_offset <= %d AND coalesce(to_offset > %d, true)"
                .formatted(partition, offset, offset)));
    assertEquals(expected, cells(rows(fleet(), "FROM spans WHERE " + here)), point);
    compareLevels(state, last, point);
  }

  private static String at(Map.Entry<Integer, Long> last) {
    return last.getKey() + "@" + last.getValue();
  }

  private static void compareLevels(JsonNode state, SortedMap<Integer, Long> last, String point)
      throws IOException {
    Map<String, Integer> allocated = new TreeMap<>();
    for (JsonNode device : state.path("devices")) {
      allocated.merge(device.path("host").asText(), device.path("vectors").size(), Integer::sum);
    }
    StringBuilder here = new StringBuilder("false");
    last.forEach((partition, offset) ->
        here.append(" OR log_partition = %d AND log_offset <= %d".formatted(partition, offset)));
    Map<String, Integer> levels = new TreeMap<>();
    for (JsonNode row :
        rows(
            fleet(),
            "SELECT host, arg_max(allocated, log_offset) AS n FROM levels WHERE "
                + here
                + " GROUP BY host")) {
      levels.put(row.path("host").asText(), row.path("n").asInt());
    }
    assertEquals(allocated, levels, point);
  }

  @Test
  void a_state_from_a_checkpoint_and_one_of_the_whole_fold_are_the_same_rows() throws IOException {
    List<JsonNode> quick = rows(fleet(), "FROM devices ORDER BY ALL");
    assertEquals(41, quick.size());
    assertEquals(
        quick, rows(fleet(), "FROM devices WHERE (SELECT count(*) FROM events) > 0 ORDER BY ALL"));
    assertEquals(
        rows(fleet(), "SELECT count(*) FROM vectors"),
        rows(fleet(), "SELECT count(*) FROM spans WHERE to_event IS NULL").stream().toList());
  }

  @Test
  void events_hold_what_the_history_says() throws IOException {
    String device = "hv-0009/0000:00:01.0";
    CommandRun history =
        CommandRun.of(
            "replay", "history", "--archive", fleet().toString(), "-d", device, "-o", "json");
    List<JsonNode> rows =
        rows(
            fleet(),
            "-p",
            "d=" + device,
            "FROM events WHERE host || '/' || device =" + " getvariable('d') ORDER BY log_offset");
    List<String> lines = history.out().lines().toList();
    assertEquals(lines.size(), rows.size());
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = JSON.readTree(lines.get(i));
      JsonNode row = rows.get(i);
      for (List<String> pair :
          List.of(
              List.of("event", "event_id"),
              List.of("logTime", "log_time"),
              List.of("offset", "log_offset"),
              List.of("sequence", "sequence"),
              List.of("type", "type"),
              List.of("what", "what"),
              List.of("result", "result"),
              List.of("applied", "applied"))) {
        assertEquals(line.path(pair.getFirst()), row.path(pair.getLast()), pair.getFirst());
      }
    }
  }

  @Test
  void one_device_of_the_log_is_asked_alone() throws IOException {
    List<JsonNode> counted =
        rows(fleet(), "-d", OPERATED.toString(), "SELECT count(*) AS n FROM events");
    assertEquals(1, counted.getFirst().path("n").asInt());
    assertEquals(5, sql(fleet(), "-d", "hv-1/0000:77:00.0", "FROM events").code());
  }

  @Test
  void names_that_strangers_chose_cannot_speak_to_a_terminal() {
    for (String form : List.of("table", "csv", "json")) {
      CommandRun run = sql(fleet(), "-o", form, "SELECT vm, holder FROM events WHERE host = 'ops'");
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("vm?[31m"), run.out());
    }
  }

  @Test
  void an_export_has_the_same_rows_for_other_engines() throws IOException {
    Path to = folder.resolve("parquet");
    CommandRun run =
        CommandRun.of("replay", "export", "--archive", fleet().toString(), "--out", to.toString());
    assertEquals(0, run.code(), run.err());
    for (String line : run.out().lines().filter(l -> l.endsWith("rows")).toList()) {
      String name = line.replaceAll(".*/(\\w+)\\.parquet.*", "$1");
      long rows = rows(fleet(), "SELECT count(*) AS n FROM " + name).getFirst().path("n").asLong();
      assertEquals(to.resolve(name + ".parquet") + ": " + rows + " rows", line);
      assertEquals("PAR1", head(to.resolve(name + ".parquet")));
    }
    try (Stream<Path> files = Files.list(to)) {
      assertEquals(7, files.count());
    }
  }

  private static String head(Path file) throws IOException {
    return new String(Files.readAllBytes(file), 0, 4, StandardCharsets.US_ASCII);
  }

  @Test
  void an_answer_larger_than_its_memory_goes_over_the_disk() throws IOException {
    long rows = rows(fleet(), "--memory", "64MiB", LARGE).getFirst().path("n").asLong();
    assertTrue(rows * (16 + 64) > 64 << 20, rows + " rows of an identifier and a hash");
  }

  @Test
  void too_little_memory_is_told_as_that() throws IOException {
    CommandRun run = sql(fleet(), "--memory", "16MiB", LARGE);
    assertEquals(7, run.code());
    assertTrue(run.err().contains("--memory gives more: Out of Memory"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "csv"})
  void an_error_among_the_rows_is_told_with_its_reason(String format) throws IOException {
    CommandRun run = sql(fleet(), "-o", format, "SELECT CAST(hash AS INTEGER) FROM events");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("Could not convert"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-o parquet FROM_devices",
        "--out x FROM_devices",
        "--memory lots FROM_devices",
        "-p 1a=2 FROM_devices",
        "--ready who-held",
        "--ready holders -p device=x",
        "--ready nothing",
        "--list FROM_devices",
        "-o json"
      })
  void wrong_use_is_told_in_one_line(String line) {
    String[] words =
        Stream.of(line.split(" ")).map(word -> word.replace('_', ' ')).toArray(String[]::new);
    CommandRun run = sql(fleet(), words);
    assertEquals(2, run.code(), run.out());
    assertTrue(run.err().startsWith("irq-ledger: "), run.err());
    assertFalse(run.err().startsWith("irq-ledger: Error"), run.err());
  }

  @Test
  void an_answer_that_cannot_be_written_is_told() {
    CommandRun run =
        sql(fleet(), "-o", "csv", "--out", folder.resolve("no/such/dir").toString(), "FROM events");
    assertEquals(7, run.code(), run.err());
  }
}
