package dev.irqledger.fuzzing.seed;

import dev.irqledger.wire.WireSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;

/** Records that a schema allows, whatever they mean: the same ones each time. */
public final class SchemaRecords {
  private static final int HOW_MANY = 8;
  private static final int MOST_ITEMS = 3;

  private final Random random;

  private SchemaRecords(Random random) {
    this.random = random;
  }

  /** Single-object encodings of some. */
  public static Stream<byte[]> of(WireSchema schema) {
    return IntStream.range(0, HOW_MANY).mapToObj(seed -> encoded(schema.schema(), seed));
  }

  private static byte[] encoded(Schema schema, long seed) {
    // Without conversions of logical types: what they stand on is written as it is.
    GenericData plain = new GenericData();
    try {
      ByteBuffer bytes =
          new BinaryMessageEncoder<>(plain, schema)
              .encode(new SchemaRecords(new Random(seed)).any(schema));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private Object any(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM -> new GenericData.EnumSymbol(schema, pick(schema.getEnumSymbols()));
      case ARRAY -> items(schema.getElementType());
      case MAP -> map(schema.getValueType());
      case UNION -> any(pick(schema.getTypes()));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(8)));
      case INT -> random.nextInt(5);
      case LONG -> (long) random.nextInt(1 << random.nextInt(24));
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case NULL -> GenericNull.NULL;
    };
  }

  /** Stands for Avro's null until it is put into its place. */
  private enum GenericNull {
    NULL
  }

  private Object record(Schema schema) {
    GenericData.Record made = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      Object value = any(field.schema());
      made.put(field.pos(), value == GenericNull.NULL ? null : value);
    }
    return made;
  }

  private List<Object> items(Schema of) {
    List<Object> items = new ArrayList<>();
    for (int i = random.nextInt(MOST_ITEMS); i > 0; i--) {
      items.add(any(of));
    }
    return items;
  }

  private Map<String, Object> map(Schema of) {
    Map<String, Object> map = new HashMap<>();
    map.put("a", any(of));
    return map;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One of the texts that mean something to somebody. */
  private String text() {
    List<String> texts =
        List.of(
            "hv-1",
            "0000:01:00.0",
            "*",
            "set 2 0 1 eventfd trigger e0",
            "6.12.111+deb12-amd64",
            "CACHE_KEEPS_IRQ",
            "01234567-89ab-7cde-8f01-23456789abcd",
            new String(bytes(random.nextInt(6)), StandardCharsets.ISO_8859_1));
    return pick(texts);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
