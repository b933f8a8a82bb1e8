package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.recordings.Samples;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SingleObject;
import dev.irqledger.wire.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in another language needs a public Avro library and irq.schemas, and nothing else. */
class NodeReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaCatalog SCHEMAS = SchemaCatalog.releasedOnly();
  private static final List<Topic> READ =
      List.of(Topic.SCHEMAS, Topic.EVENTS, Topic.COMMANDS, Topic.POLICIES, Topic.AGENT_STATUS);

  private NodeExample node;
  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    node = NodeExample.prepared();
  }

  @Test
  void node_decodes_what_the_programs_wrote_just_as_java_does() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    LoggedEvents logged;
    try (TestBroker broker = TestBroker.withTopics(1)) {
      write(broker);
      for (Topic topic : READ) {
        records.addAll(broker.records(topic));
      }
      logged = LoggedEvents.read(broker.bootstrapServers());
    }

    List<JsonNode> decoded = decodedByNode(records);

    records.removeIf(record -> record.topic().equals(Topic.SCHEMAS.topicName()));
    assertEquals(records.size(), decoded.size());
    for (int i = 0; i < records.size(); i++) {
      assertEquals(decodedByJava(records.get(i)), decoded.get(i));
    }
    assertEventsAreThoseOf(logged, decoded);
    assertEquals(
        List.of("AgentStatus", "InterruptEvent", "Policy"),
        decoded.stream().map(NodeReaderTest::recordName).distinct().sorted().toList());
  }

  private void write(TestBroker broker) throws IOException {
    Path trace = Files.write(folder.resolve("trace.jsonl"), Samples.lines(Samples.EXHAUSTION));
    Path ops =
        Files.writeString(
            folder.resolve("boot.ops"),
            "open\nset 2 0 2 eventfd trigger e0,e1\nset 2 1 1 bool trigger 1\nreset\nclose\n");
    run(broker, "replay", "import", trace.toString(), "--host", "hv-1");
    run(broker, "policy", "set", "--host", "*", "--idle-limit", "1h");
    run(
        broker,
        "agent",
        "run",
        "--backend",
        "modelled",
        "--host",
        "hv-2",
        "--device",
        "0000:01:00.0:nvme",
        "--state-dir",
        folder.resolve("journal").toString(),
        ops.toString());
  }

  private static void run(TestBroker broker, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
  }

  private List<JsonNode> decodedByNode(List<ConsumerRecord<byte[], byte[]>> records)
      throws Exception {
    Base64.Encoder base64 = Base64.getEncoder();
    List<String> lines = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      lines.add(
          record.topic()
              + "\t"
              + base64.encodeToString(record.key())
              + "\t"
              + base64.encodeToString(record.value()));
    }
    List<JsonNode> decoded = new ArrayList<>();
    for (String line : node.decode(Files.write(folder.resolve("records.tsv"), lines))) {
      decoded.add(JSON.readTree(line));
    }
    return decoded;
  }

  private static JsonNode decodedByJava(ConsumerRecord<byte[], byte[]> record) throws IOException {
    byte[] bytes = record.value();
    assertTrue(SingleObject.startsIn(bytes));
    Schema schema = SCHEMAS.findByFingerprint(SingleObject.fingerprint(bytes));
    int length = bytes.length - SingleObject.HEADER_BYTES;
    BinaryDecoder binary =
        DecoderFactory.get().binaryDecoder(bytes, SingleObject.HEADER_BYTES, length, null);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, json);
    new GenericDatumWriter<>(schema)
        .write(new GenericDatumReader<>(schema).read(null, binary), encoder);
    encoder.flush();
    return JSON.createObjectNode()
        .put("topic", record.topic())
        .put("key", new String(record.key(), StandardCharsets.UTF_8))
        .put("schema", schema.getFullName())
        .set("value", JSON.readTree(json.toByteArray()));
  }

  /** The same again by the project's own codec, which shares no line with Avro's readers. */
  private static void assertEventsAreThoseOf(LoggedEvents logged, List<JsonNode> decoded) {
    List<String> byNode =
        decoded.stream()
            .filter(record -> recordName(record).equals("InterruptEvent"))
            .map(record -> line(record.get("value")))
            .toList();

    assertEquals(logged.events().stream().map(NodeReaderTest::line).toList(), byNode);
  }

  private static String recordName(JsonNode record) {
    String name = record.get("schema").asText();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String line(JsonNode event) {
    return event.get("host").asText()
        + "/"
        + event.get("device").asText()
        + " "
        + event.get("epoch").asLong()
        + ":"
        + event.get("sequence").asLong()
        + " at "
        + event.get("hostTimeMicros").asLong();
  }

  private static String line(InterruptEvent event) {
    return event.device()
        + " "
        + event.epoch()
        + ":"
        + event.sequence()
        + " at "
        + event.hostTimeMicros();
  }
}
