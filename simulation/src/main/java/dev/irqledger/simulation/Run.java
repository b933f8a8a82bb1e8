package dev.irqledger.simulation;

import dev.irqledger.simulation.fate.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run: the same seed, steps and faults give the same again.
 *
 * @param seed decides everything
 * @param steps the numbers of the steps that are made
 * @param off faults that never strike
 */
record Run(long seed, List<Integer> steps, Set<Fault> off) {
  /** Where memory is a disk, thousands of journals cost the real disk nothing. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /** One of so many steps. */
  static Run of(long seed, int steps, Set<Fault> off) {
    return new Run(seed, IntStream.range(0, steps).boxed().toList(), off);
  }

  /**
   * What a run came to.
   *
   * @param steps how many were made
   * @param counts how often each fault struck
   * @param failure null where all was as it must be
   * @param told a number that stands for all that was appended to the log
   */
  record Outcome(
      Run run, int steps, Map<Fault, Integer> counts, @Nullable Failure failure, int told) {}

  /**
   * Something that was not as it must be.
   *
   * @param step the step in which it was noticed; -1 after the last
   */
  record Failure(int step, Throwable cause) {
    /** In the fewest words, without names of folders: to tell one failure from another. */
    String kind() {
      String message = String.valueOf(cause.getMessage()).replaceAll("/\\S+|\\d+", "");
      int colon = message.indexOf(':');
      return cause.getClass().getSimpleName()
          + ' '
          + (colon < 0 ? message : message.substring(0, colon));
    }
  }

  Outcome make() {
    return make(null);
  }

  /**
   * Makes it.
   *
   * @param teller is told in a line each what happens; null for nobody
   */
  Outcome make(@Nullable Consumer<String> teller) {
    Path folder = newFolder();
    try (World world = new World(seed, folder, off, teller)) {
      Failure failure = null;
      try {
        world.run(steps);
        world.settle();
        world.check();
      } catch (RuntimeException | Error e) {
        // whatever it is, it is not what must be: assertions of production code as well
        failure = new Failure(world.latest(), e);
      }
      return new Outcome(this, world.made(), world.counts(), failure, world.told());
    } finally {
      delete(folder);
    }
  }

  private static Path newFolder() {
    try {
      return Files.isWritable(MEMORY)
          ? Files.createTempDirectory(MEMORY, "irq-ledger-simulation")
          : Files.createTempDirectory("irq-ledger-simulation");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
