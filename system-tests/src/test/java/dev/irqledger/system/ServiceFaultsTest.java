package dev.irqledger.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.EmbeddedCluster;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.SingleObject;
import dev.irqledger.wire.WireSchema;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ReadToEnd;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around the service while it folds: nothing is lost, and it does not stop. */
@Timeout(600)
class ServiceFaultsTest {
  /** A device that the load has not. */
  private static final DeviceKey NEWER = new DeviceKey("hv-newer", new Bdf("0000:01:00.0"));

  @TempDir private Path folder;

  @Test
  void nothing_is_lost_and_nothing_stops() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("brokers"), 3)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
        assertTrue(Topics.ensure(admin, ServiceLoad.PARTITIONS, 3).sound());
      }
      LedgerService first = start(cluster, "state");
      try (ServiceLoad load = new ServiceLoad(cluster.bootstrapServers(), System.nanoTime())) {
        load.awaitFolded(() -> !first.stopped());

        tell("a poison record");
        load.append(Topic.EVENTS, "hv-0001/0000:00:00.0", "poison".getBytes(UTF_8));
        load.awaitFolded(() -> !first.stopped());

        tell("a record of a newer schema");
        appendOfNewerSchema(load);
        load.awaitFolded(() -> !first.stopped());

        tell("a broker restarts");
        cluster.stop(2);
        load.goOn(Duration.ofSeconds(2));
        cluster.startAgain(2);
        load.awaitFolded(() -> !first.stopped());

        tell("clocks jump back a day");
        load.turnClocks(Duration.ofDays(-1));
        load.awaitFolded(() -> !first.stopped());

        tell("another instance comes and goes");
        LedgerService second = start(cluster, "state-2");
        load.goOn(Duration.ofSeconds(2));
        second.close();
        load.awaitFolded(() -> !first.stopped());

        tell("the state directory is gone, and it starts while a broker is away");
        first.close();
        delete(folder.resolve("state"));
        cluster.stop(3);
        LedgerService again = start(cluster, "state");
        load.awaitFolded(() -> !again.stopped());
        cluster.startAgain(3);

        assertEquals(1, load.endAndJudge(() -> !again.stopped()), "the poison");
        assertEquals(1, quarantined(cluster));
        again.close();
      } finally {
        first.close();
      }
    }
  }

  private static void tell(String what) {
    System.out.println("under load: " + what);
  }

  private LedgerService start(EmbeddedCluster cluster, String state) throws IOException {
    return LedgerService.start(
        ServiceSettings.of(
                cluster.bootstrapServers(), Files.createDirectories(folder.resolve(state)))
            .withTopics(ServiceLoad.PARTITIONS, OptionalInt.of(3))
            .withPatience(Duration.ofSeconds(60)));
  }

  /** A writer of tomorrow: its schema has one field more, and is in irq.schemas. */
  private static void appendOfNewerSchema(ServiceLoad load) throws Exception {
    String json = WireSchema.INTERRUPT_EVENT.json();
    Schema newer =
        new SchemaParser()
            .parse(
                json.substring(0, json.lastIndexOf(']'))
                    + ",{\"name\":\"added\",\"type\":\"string\",\"default\":\"\"}]}")
            .mainSchema();
    String fingerprint = "%016x".formatted(SchemaNormalization.parsingFingerprint64(newer));
    load.append(Topic.SCHEMAS, fingerprint, newer.toString().getBytes(UTF_8));
    SealedEvent event =
        new EventSealer(EventCodec.releasedOnly(), 1, "boot", KnownHeads.FIRST_EPOCH)
            .seal(
                new UUID(1, 1),
                NEWER,
                Source.AGENT_CALL,
                Actor.UNKNOWN,
                1,
                new CommandRefused("no"));
    byte[] bytes = event.bytes();
    int start = SingleObject.HEADER_BYTES;
    GenericRecord record =
        (GenericRecord)
            new GenericDatumReader<>(WireSchema.INTERRUPT_EVENT.schema(), newer)
                .read(
                    null,
                    DecoderFactory.get().binaryDecoder(bytes, start, bytes.length - start, null));
    record.put("added", "something new");
    ByteBuffer encoded =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), newer).encode(record);
    byte[] value = new byte[encoded.remaining()];
    encoded.get(value);
    load.append(NEWER, value);
  }

  private static int quarantined(EmbeddedCluster cluster) {
    Map<TopicPartition, Long> whole = new HashMap<>();
    for (int partition = 0; partition < ServiceLoad.PARTITIONS; partition++) {
      whole.put(new TopicPartition(Topic.QUARANTINE.topicName(), partition), 0L);
    }
    int[] count = new int[1];
    try (var consumer =
        new KafkaConsumer<byte[], byte[]>(
            ConsumerSettings.readCommitted(cluster.bootstrapServers()))) {
      var _ = new ReadToEnd(consumer, Duration.ofMinutes(1)).read(whole, _ -> count[0]++);
    }
    return count[0];
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
