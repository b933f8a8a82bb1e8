package dev.irqledger.replay.archive;

import java.io.IOException;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;

/** Writes one container file of rows. */
final class RowsOut<T> implements AutoCloseable {
  /** Blocks end where their writer ends them, long before this; so large is Avro's buffer. */
  private static final int MOST_BLOCK_BYTES = 1 << 17;

  /** Three is zstd's own default; the checksum lets a reader see damage without the manifest. */
  private static final int ZSTD_LEVEL = 3;

  private final NewFile file;
  private final DataFileWriter<T> rows;

  private RowsOut(NewFile file, DataFileWriter<T> rows) {
    this.file = file;
    this.rows = rows;
  }

  /** Rows that are worth packing. */
  static <T> RowsOut<T> packed(NewFile file, Form<T> form, Map<String, String> meta)
      throws IOException {
    return begin(file, form, meta, CodecFactory.zstandardCodec(ZSTD_LEVEL, true));
  }

  /** Rows of random bytes, which no codec makes smaller. */
  static <T> RowsOut<T> plain(NewFile file, Form<T> form, Map<String, String> meta)
      throws IOException {
    return begin(file, form, meta, CodecFactory.nullCodec());
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static <T> RowsOut<T> begin(
      NewFile file, Form<T> form, Map<String, String> meta, CodecFactory codec) throws IOException {
    DataFileWriter<T> rows = new DataFileWriter<>(new Datum<>(form));
    rows.setCodec(codec);
    rows.setSyncInterval(MOST_BLOCK_BYTES);
    meta.forEach(rows::setMeta);
    return new RowsOut<>(file, rows.create(form.schema(), file.content()));
  }

  void add(T row) throws IOException {
    rows.append(row);
  }

  /** Ends a block, and tells where the next one begins. */
  long endBlock() throws IOException {
    return rows.sync();
  }

  /** How many bytes are written, the block that is being filled not counted. */
  long bytes() {
    return file.bytes();
  }

  StoredFile publish(String name) throws IOException {
    rows.close();
    return file.publish(name);
  }

  @Override
  public void close() throws IOException {
    rows.close();
    file.close();
  }
}
