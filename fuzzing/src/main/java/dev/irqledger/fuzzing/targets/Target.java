package dev.irqledger.fuzzing.targets;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that reads input which nobody vouches for. One thread uses it, for many inputs; what it
 * keeps between them must not decide anything.
 */
public interface Target extends AutoCloseable {
  /**
   * Has the input read.
   *
   * @throws Broken if something does not hold that must
   * @throws RuntimeException if the reader throws what it does not declare: broken, too
   */
  void check(byte[] input) throws IOException;

  /** Valid input, or nearly so. */
  Stream<byte[]> seeds();

  /** Words of the language that is read, where there are any. */
  default List<String> words() {
    return List.of();
  }

  /** The longest input that is tried, in bytes. */
  default int longest() {
    return 4096;
  }

  @Override
  default void close() throws IOException {}
}
