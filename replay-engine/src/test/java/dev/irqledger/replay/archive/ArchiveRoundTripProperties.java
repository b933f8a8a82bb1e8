package dev.irqledger.replay.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Whatever is in the log comes out of the archive, and of its files by any Avro tool. */
class ArchiveRoundTripProperties {
  private static final int PARTITIONS = 3;

  /** A record that is yet to get its offset. */
  @SuppressWarnings("ArrayRecordComponent") // handed through once, never compared
  record Sent(
      int partition,
      int gap,
      long time,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<LogRecord.Header> headers) {}

  @Property(tries = 60)
  void every_record_comes_out_as_it_went_in(@ForAll("logs") List<Sent> sent) throws IOException {
    ListLog log = log(sent);
    Path folder = Files.createTempDirectory("archive");
    try {
      Path directory = Archives.pull(log, folder.resolve("archive"));
      ArchiveLogSource archive = ArchiveLogSource.open(directory);
      assertEquals(log.ranges(), archive.ranges());
      assertEquals(Archives.records(log), Archives.records(archive));
      assertEquals(
          List.of(),
          Archives.problems(directory).stream().filter(p -> p.contains("damaged")).toList());
      assertEquals(Archives.records(log), byAnyAvroTool(archive.manifest(), directory));
    } finally {
      remove(folder);
    }
  }

  /** Reads the files as a stranger: with the schema that is in them, and nothing of ours. */
  private static List<String> byAnyAvroTool(Manifest manifest, Path directory) throws IOException {
    List<String> records = new ArrayList<>();
    for (Manifest.Segment segment : manifest.segments()) {
      Path file = directory.resolve(segment.events().name());
      try (var rows =
          new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
        assertEquals("zstandard", rows.getMetaString("avro.codec"));
        int partition = Integer.parseInt(rows.getMetaString("irq.partition"));
        for (GenericRecord row : rows) {
          records.add(Archives.text(record(partition, row)));
        }
      }
    }
    return records.stream().sorted().toList();
  }

  private static LogRecord record(int partition, GenericRecord row) {
    List<LogRecord.Header> headers = new ArrayList<>();
    for (Object header : (Iterable<?>) row.get("headers")) {
      GenericRecord of = (GenericRecord) header;
      headers.add(new LogRecord.Header(of.get("key").toString(), bytes(of.get("value"))));
    }
    return new LogRecord(
        partition,
        (Long) row.get("offset"),
        (Long) row.get("logTime"),
        bytes(row.get("key")),
        bytes(row.get("value")),
        headers);
  }

  private static byte @Nullable [] bytes(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    ByteBuffer from = (ByteBuffer) value;
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  private static ListLog log(List<Sent> sent) {
    Map<Integer, Long> next = new HashMap<>();
    ListLog log = new ListLog(PARTITIONS);
    for (Sent s : sent) {
      long offset = next.getOrDefault(s.partition, 0L) + s.gap;
      next.put(s.partition, offset + 1);
      log.add(new LogRecord(s.partition, offset, s.time, s.key, s.value, s.headers));
    }
    return log;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<List<Sent>> logs() {
    Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<byte[]> value =
        Arbitraries.frequencyOf(Tuple.of(4, events()), Tuple.of(1, anything.injectNull(0.3)));
    Arbitrary<LogRecord.Header> header =
        Combinators.combine(Arbitraries.strings().ofMaxLength(9), anything.injectNull(0.2))
            .as(LogRecord.Header::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, PARTITIONS - 1),
            Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, 5)),
            Arbitraries.longs().between(0, 4_000_000_000_000L),
            anything.injectNull(0.2),
            value,
            header.list().ofMaxSize(2))
        .as(Sent::new)
        .list()
        .ofMaxSize(90);
  }

  private static Arbitrary<byte[]> events() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5), Arbitraries.randomValue(r -> r.nextLong()))
        .as((device, id) ->
            new EventSealer(EventCodec.releasedOnly(), 1, "boot", KnownHeads.FIRST_EPOCH)
                .seal(
                    new UUID(id, ~id),
                    DeviceKey.parse("hv-" + device + "/0000:01:00.0"),
                    Source.AGENT_CALL,
                    Actor.UNKNOWN,
                    id & 0xFFFF_FFFFL,
                    new CommandRefused("r" + id))
                .bytes());
  }

  @Property(tries = 5)
  void the_schema_that_an_event_needs_is_kept_and_decodes_it(@ForAll("anyEvent") byte[] event)
      throws IOException {
    ListLog log = new ListLog(1);
    log.add(new LogRecord(0, 0, 5, "k".getBytes(StandardCharsets.UTF_8), event));
    Path folder = Files.createTempDirectory("archive");
    try {
      Path directory = Archives.pull(log, folder.resolve("archive"));
      Manifest manifest = ArchiveLogSource.open(directory).manifest();
      assertEquals(1, manifest.schemas().size());
      ArchivedSchemas kept = new ArchivedSchemas(directory, manifest);
      long fingerprint = manifest.schemas().firstKey();
      Schema schema = new SchemaParser().parse(kept.schema(fingerprint)).mainSchema();
      assertEquals(fingerprint, SchemaNormalization.parsingFingerprint64(schema));
      GenericRecord decoded =
          new GenericDatumReader<GenericRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(event, 10, event.length - 10, null));
      assertEquals(1L, decoded.get("sequence"));
    } finally {
      remove(folder);
    }
  }

  @Provide
  Arbitrary<byte[]> anyEvent() {
    return events();
  }
}
