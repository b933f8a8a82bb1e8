package dev.irqledger.replay.archive;

import dev.irqledger.replay.ReplayException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableFileInput;

/** Reads one container file of rows; whatever is wrong with it is told as one error. */
final class RowsIn<T> implements AutoCloseable {
  /** From where on reading through is cheaper than another jump. */
  private static final int CLOSE_ENOUGH_BYTES = 4096;

  private final Path file;
  private final DataFileReader<T> rows;

  private RowsIn(Path file, DataFileReader<T> rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * @param bytesRead is told how many bytes are read
   * @throws ReplayException if the file cannot be read
   */
  static <T> RowsIn<T> open(Path file, Form<T> form, LongAdder bytesRead) {
    return new RowsIn<>(
        file,
        reading(
            file, () -> new DataFileReader<>(new Counting(file, bytesRead), new Datum<>(form))));
  }

  boolean hasNext() {
    return reading(file, rows::hasNext);
  }

  T next() {
    return reading(file, rows::next);
  }

  /** Goes to where a block begins. */
  void seek(long position) {
    reading(
        file,
        () -> {
          rows.seek(position);
          return true;
        });
  }

  /**
   * Goes to a block from which on the first row is found that is not below what is looked for. The
   * rows must be sorted.
   *
   * @param order compares a row with what is looked for
   */
  void seekSorted(ToIntFunction<T> order) {
    reading(
        file,
        () -> {
          long low = 0;
          long high = file.toFile().length();
          while (high - low > CLOSE_ENOUGH_BYTES) {
            long middle = (low + high) >>> 1;
            rows.sync(middle);
            if (rows.hasNext() && order.applyAsInt(rows.next()) < 0) {
              low = middle;
            } else {
              high = middle;
            }
          }
          rows.sync(low);
          return true;
        });
  }

  private interface Work<R> {
    R run() throws IOException;
  }

  /** A damaged length can make Avro ask for any memory. */
  private static <R> R reading(Path file, Work<R> work) {
    try {
      return work.run();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw ArchiveFailures.unreadable(file, e);
    }
  }

  @Override
  public void close() {
    reading(
        file,
        () -> {
          rows.close();
          return true;
        });
  }

  private static final class Counting extends SeekableFileInput {
    private final LongAdder bytesRead;

    Counting(Path file, LongAdder bytesRead) throws IOException {
      super(file.toFile());
      this.bytesRead = bytesRead;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = super.read(bytes, from, length);
      bytesRead.add(Math.max(n, 0));
      return n;
    }
  }
}
