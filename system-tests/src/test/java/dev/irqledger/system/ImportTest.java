package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.recordings.Samples;
import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings go into a real broker, and come out of it as states. */
class ImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private TestBroker broker;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    broker = TestBroker.withTopics(1);
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  private Path sample(String name) throws IOException {
    return Files.write(folder.resolve(name.replace('/', '-')), Samples.lines(name));
  }

  private CommandRun importing(Path file, String host) {
    return CommandRun.of(
        "replay",
        "import",
        file.toString(),
        "--host",
        host,
        "--bootstrap-server",
        broker.bootstrapServers());
  }

  private JsonNode state(String at) throws IOException {
    CommandRun run =
        CommandRun.of(
            "replay",
            "state",
            "--at",
            at,
            "-o",
            "json",
            "--bootstrap-server",
            broker.bootstrapServers());
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  @Test
  void operation_n_of_a_trace_is_offset_n_and_its_state_is_what_the_kernel_showed()
      throws IOException {
    List<String> lines = Samples.lines(Samples.EXHAUSTION);
    CommandRun run = importing(sample(Samples.EXHAUSTION), "hv-1");
    assertEquals(0, run.code(), run.err());
    for (int n = 0; n < lines.size() - 1; n++) {
      JsonNode shown = JSON.readTree(lines.get(n + 1));
      JsonNode device = state("offset:0@" + n).get("devices").get(0);
      assertEquals(n, device.get("position").get("offset").asInt());
      assertEquals(shown.get("mode").asText(), device.get("mode").asText());
      assertEquals(0, device.get("violations").asInt());
      assertEquals(irqs(shown.get("irqs")), irqsOf(device.get("vectors")));
    }
  }

  private static Map<Integer, String> irqs(JsonNode shown) {
    Map<Integer, String> irqs = new TreeMap<>();
    shown.forEach(v ->
        irqs.put(
            v.get("vector").asInt(),
            v.get("irq").asInt() + (v.get("trigger").asBoolean() ? " armed" : "")));
    return irqs;
  }

  private static Map<Integer, String> irqsOf(JsonNode vectors) {
    Map<Integer, String> irqs = new TreeMap<>();
    vectors.forEach(v ->
        irqs.put(
            v.get("vector").asInt(),
            v.get("linuxIrq").asInt() + (v.get("phase").asText().equals("ARMED") ? " armed" : "")));
    return irqs;
  }

  @Test
  void importing_again_changes_nothing_whatever_came_between() throws IOException {
    List<String> traces =
        Samples.kernelTraces().stream().filter(name -> name.contains("nvme-")).limit(2).toList();
    Path first = sample(traces.get(0));
    Path second = sample(traces.get(1));
    assertEquals(0, importing(first, "imported").code());
    assertEquals(0, importing(second, "imported").code());
    JsonNode before = state("latest");
    CommandRun again = importing(first, "imported");
    assertEquals(0, again.code());
    assertTrue(again.out().contains(": 0 operations imported, "), again.out());
    assertEquals(before, state("latest"));
    assertEquals(0, before.get("devices").get(0).get("violations").asInt());
    assertEquals(false, before.get("devices").get(0).get("uncertain").asBoolean());
  }

  @Test
  void an_import_that_was_cut_short_goes_on_where_it_stopped() throws Exception {
    Path trace = sample(Samples.EXHAUSTION);
    assertEquals(0, importing(trace, "hv-1").code());
    try (TestBroker cutShort = TestBroker.withTopics(1);
        LogSource whole = log()) {
      List<LogRecord> records = new ArrayList<>();
      whole.read(new TreeMap<>(Map.of(0, 14L)), records::add);
      for (LogRecord record : records.subList(0, 6)) {
        cutShort.append("irq.events", record.value());
      }
      CommandRun run = CommandRun.at(cutShort, "replay import --host hv-1", trace.toString());
      assertTrue(run.out().contains("9 operations imported, 6 were there already"), run.out());
      try (LogSource completed = log(cutShort)) {
        List<byte[]> values = new ArrayList<>();
        completed.read(new TreeMap<>(Map.of(0, 14L)), record -> values.add(record.value()));
        assertEquals(records.size(), values.size());
        for (int i = 0; i < values.size(); i++) {
          assertArrayEquals(records.get(i).value(), values.get(i));
        }
      }
    }
  }

  private LogSource log() {
    return log(broker);
  }

  private static LogSource log(TestBroker of) {
    return KafkaLogSource.open(
        ConsumerSettings.readCommitted(of.bootstrapServers()), Topic.EVENTS.topicName());
  }

  @Test
  void both_recordings_of_one_run_give_the_same_states_and_break_no_rule() throws IOException {
    assertEquals(0, importing(sample(Samples.QEMU_BOOT_TRACE), "qemu").code());
    assertEquals(0, importing(sample(Samples.QEMU_BOOT_PROBE), "probe").code());
    List<String> qemu = distinctStates("qemu");
    List<String> probe = distinctStates("probe");
    // the probe alone sees the last close, which disables INTx
    assertEquals("none {}", probe.removeLast());
    assertEquals(qemu, probe);
    assertTrue(qemu.size() > 30, qemu.toString());
  }

  /** What the device went through: mode and phases, each time one of them changed. */
  private List<String> distinctStates(String host) {
    List<String> states = new ArrayList<>(List.of("none {}"));
    EventCodec codec = EventCodec.releasedOnly();
    try (LogSource log = log()) {
      new Replayer(log, codec)
          .replay(
              new PointResolver(log, codec, InstantSource.system()).resolve(Point.LATEST, null),
              key -> key.host().equals(host),
              _ -> true,
              (_, _, folded) -> {
                assertEquals(List.of(), folded.violations());
                assertFalse(folded.state().uncertain());
                String state = describe(folded.state().interrupts());
                if (!states.getLast().equals(state)) {
                  states.add(state);
                }
              });
    }
    return states;
  }

  private static String describe(Interrupts interrupts) {
    Map<Integer, Phase> phases = new TreeMap<>();
    interrupts.vectors().forEach((vector, state) -> phases.put(vector, state.phase()));
    return interrupts.mode().label() + " " + phases;
  }

  @Test
  void a_truncated_recording_is_imported_as_far_as_it_goes_and_the_exit_code_tells()
      throws IOException {
    List<String> lines = new ArrayList<>(Samples.lines(Samples.EXHAUSTION));
    String last = lines.removeLast();
    lines.add(last.substring(0, last.length() / 2));
    Path file = Files.write(folder.resolve("cut.jsonl"), lines);
    CommandRun run = importing(file, "hv-1");
    assertEquals(1, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("cut.jsonl:" + lines.size() + ": "), run.err());
    assertEquals(
        lines.size() - 3,
        state("latest").get("devices").get(0).get("position").get("offset").asInt());
  }
}
