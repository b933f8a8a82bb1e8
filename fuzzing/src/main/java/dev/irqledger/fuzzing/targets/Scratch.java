package dev.irqledger.fuzzing.targets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A folder of a target's own, for readers of files. In memory, where the machine has that. */
final class Scratch implements AutoCloseable {
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private final Path path;

  Scratch() {
    try {
      path =
          Files.isWritable(IN_MEMORY)
              ? Files.createTempDirectory(IN_MEMORY, "irq-ledger-fuzzing")
              : Files.createTempDirectory("irq-ledger-fuzzing");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // A fuzzer's JVM ends without closing anything.
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeQuietly));
  }

  Path path() {
    return path;
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " is left over", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(path)) {
      List<Path> all;
      try (var found = Files.walk(path)) {
        all = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : all) {
        Files.deleteIfExists(each);
      }
    }
  }
}
