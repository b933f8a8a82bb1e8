package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** How the rows of an archive's files are written, each in the schema of its name. */
sealed interface Form<T> {
  Schema schema();

  void write(T row, Encoder out) throws IOException;

  T read(Decoder in) throws IOException;

  /** Records of one partition. */
  record Records(int partition) implements Form<LogRecord> {
    private static final Schema SCHEMA = load("ArchivedRecord");

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public void write(LogRecord row, Encoder out) throws IOException {
      out.writeLong(row.offset());
      out.writeLong(row.logTimeMillis());
      writeBytes(row.key(), out);
      writeBytes(row.value(), out);
      out.writeArrayStart();
      out.setItemCount(row.headers().size());
      for (LogRecord.Header header : row.headers()) {
        out.startItem();
        out.writeString(header.key());
        writeBytes(header.value(), out);
      }
      out.writeArrayEnd();
    }

    @Override
    public LogRecord read(Decoder in) throws IOException {
      return new LogRecord(
          partition, in.readLong(), in.readLong(), readBytes(in), readBytes(in), headers(in));
    }

    private static List<LogRecord.Header> headers(Decoder in) throws IOException {
      long count = in.readArrayStart();
      if (count == 0) {
        return List.of();
      }
      List<LogRecord.Header> headers = new ArrayList<>();
      for (; count != 0; count = in.arrayNext()) {
        for (long i = 0; i < count; i++) {
          headers.add(new LogRecord.Header(in.readString(), readBytes(in)));
        }
      }
      return List.copyOf(headers);
    }

    private static void writeBytes(byte @Nullable [] bytes, Encoder out) throws IOException {
      if (bytes == null) {
        out.writeIndex(0);
        out.writeNull();
      } else {
        out.writeIndex(1);
        out.writeBytes(bytes);
      }
    }

    private static byte @Nullable [] readBytes(Decoder in) throws IOException {
      return switch (in.readIndex()) {
        case 0 -> null;
        case 1 -> bytes(in);
        default -> throw new IOException("neither null nor bytes");
      };
    }
  }

  /** Where the blocks of an events file are. */
  record Blocks() implements Form<Block> {
    private static final Schema SCHEMA = load("ArchivedBlock");

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public void write(Block row, Encoder out) throws IOException {
      out.writeLong(row.offset());
      out.writeLong(row.position());
      out.writeLong(row.maxLogTime());
    }

    @Override
    public Block read(Decoder in) throws IOException {
      return new Block(in.readLong(), in.readLong(), in.readLong());
    }
  }

  /** Which record an event is. */
  record Ids() implements Form<EventAt> {
    private static final Schema SCHEMA = load("ArchivedId");

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public void write(EventAt row, Encoder out) throws IOException {
      byte[] id = new byte[16];
      ByteBuffer.wrap(id)
          .putLong(row.id().getMostSignificantBits())
          .putLong(row.id().getLeastSignificantBits());
      out.writeFixed(id);
      out.writeLong(row.offset());
    }

    @Override
    public EventAt read(Decoder in) throws IOException {
      byte[] id = new byte[16];
      in.readFixed(id);
      ByteBuffer bytes = ByteBuffer.wrap(id);
      return new EventAt(new UUID(bytes.getLong(), bytes.getLong()), in.readLong());
    }
  }

  /** The devices of a checkpoint. */
  record States() implements Form<State> {
    private static final Schema SCHEMA = load("ArchivedState");

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public void write(State row, Encoder out) throws IOException {
      out.writeString(row.device());
      out.writeBytes(row.state());
    }

    @Override
    public State read(Decoder in) throws IOException {
      return new State(in.readString(), bytes(in));
    }
  }

  /** Which keys hosts sign with. */
  record Keys() implements Form<HostKeysOf> {
    private static final Schema SCHEMA = load("ArchivedKeys");

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public void write(HostKeysOf row, Encoder out) throws IOException {
      out.writeString(row.host());
      out.writeBytes(row.keys());
    }

    @Override
    public HostKeysOf read(Decoder in) throws IOException {
      return new HostKeysOf(in.readString(), bytes(in));
    }
  }

  /** A record of irq.keys: its key and its value. */
  @SuppressWarnings("ArrayRecordComponent") // handed through once, never compared
  record HostKeysOf(String host, byte[] keys) {}

  /** A block of an events file: its first offset, its place, its latest log time. */
  record Block(long offset, long position, long maxLogTime) {}

  /** An event's id, and the offset of a record that holds it. */
  record EventAt(UUID id, long offset) implements Comparable<EventAt> {
    @Override
    public int compareTo(EventAt other) {
      int order = compare(id, other.id);
      return order != 0 ? order : Long.compare(offset, other.offset);
    }

    /** As their texts are ordered; {@code UUID} itself compares with signs. */
    static int compare(UUID a, UUID b) {
      int order = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
      return order != 0
          ? order
          : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
  }

  /** A device of a checkpoint, with its encoded state. */
  @SuppressWarnings("ArrayRecordComponent") // handed through once, never compared
  record State(String device, byte[] state) {}

  /** As {@code readBytes}, but for the buffer around the bytes, which is more than many a key. */
  private static byte[] bytes(Decoder in) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(in.readLong())];
    in.readFixed(bytes);
    return bytes;
  }

  private static Schema load(String name) {
    try (InputStream in = Form.class.getResourceAsStream(name + ".avsc")) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new SchemaParser().parse(json).mainSchema();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
