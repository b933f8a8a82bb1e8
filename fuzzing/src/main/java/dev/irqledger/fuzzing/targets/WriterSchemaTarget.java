package dev.irqledger.fuzzing.targets;

import dev.irqledger.fuzzing.seed.SchemaRecords;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.WireSchema;
import dev.irqledger.wire.avro.Command;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of other writers, as {@code irq.schemas} and archives keep them: up to a zero byte a
 * schema, then a record that it is to have written. Any of it gives a value or a reason.
 */
final class WriterSchemaTarget implements Target {
  private static final int HEADER_BYTES = 10;
  private static final long UNKNOWN = 0x1234_5678_9abc_def0L;

  @Override
  public void check(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    String schema = Text.of(Arrays.copyOf(input, end));
    long fingerprint = fingerprint(schema);
    byte[] record = record(fingerprint, input, Math.min(input.length, end + 1));
    SchemaCatalog catalog = new SchemaCatalog(asked -> asked == fingerprint ? schema : null);
    told(new EventCodec(catalog).decode(record));
    told(new WireCodec<>(Command.class, catalog).decode(record));
  }

  private static void told(@Nullable Decoded<?> decoded) {
    Broken.unless(decoded != null, "a value or a reason");
  }

  /** As a writer of that schema computes it; any other where the text is no schema. */
  private static long fingerprint(String schema) {
    try {
      return SchemaNormalization.parsingFingerprint64(
          new SchemaParser().parse(schema).mainSchema());
    } catch (RuntimeException e) { // Avro has many for it
      return UNKNOWN;
    }
  }

  private static byte[] record(long fingerprint, byte[] input, int from) {
    return ByteBuffer.allocate(HEADER_BYTES + input.length - from)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(fingerprint)
        .put(input, from, input.length - from)
        .array();
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(WireSchema.INTERRUPT_EVENT, WireSchema.COMMAND)
        .flatMap(
            schema -> SchemaRecords.of(schema).limit(2).map(record -> written(schema, record)));
  }

  private static byte[] written(WireSchema schema, byte[] record) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    // Another name of a field makes it another schema, which has to be translated.
    both.writeBytes(Text.bytes(schema.json().replace("\"hostTimeMicros\"", "\"elsewhere\"")));
    both.write(0);
    both.write(record, HEADER_BYTES, record.length - HEADER_BYTES);
    return both.toByteArray();
  }

  @Override
  public List<String> words() {
    return List.of(
        "{\"type\":\"record\",\"name\":\"",
        "\"fields\":[",
        "\"items\":",
        "{\"type\":\"array\"",
        "{\"type\":\"map\",\"values\":",
        "[\"null\",",
        "\"aliases\":[",
        "\"default\":null",
        "{\"type\":\"fixed\",\"size\":16,\"name\":\"F\"}",
        "\"logicalType\":\"uuid\"",
        "dev.irqledger.wire.avro.Command",
        "\"enum\"",
        "\"symbols\":[");
  }

  @Override
  public int longest() {
    return 16 << 10;
  }
}
