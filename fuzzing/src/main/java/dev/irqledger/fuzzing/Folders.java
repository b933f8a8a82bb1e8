package dev.irqledger.fuzzing;

import dev.irqledger.fuzzing.targets.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the fuzzing keeps what.
 *
 * @param module the folder of this module
 */
record Folders(Path module) {
  /** The system property that names it. */
  private static final String MODULE = "irqledger.fuzzing.folder";

  static Folders ofThisRun() {
    return new Folders(Path.of(System.getProperty(MODULE, ".")));
  }

  /** Inputs that failed once: part of the sources. */
  Path findings(Targets target) {
    return module.resolve("findings").resolve(target.label());
  }

  /** What earlier runs reached. */
  Path corpus(Targets target) {
    return made("corpus", target);
  }

  Path seeds(Targets target) {
    return made("seeds", target);
  }

  /** What fails now. */
  Path artifacts(Targets target) {
    return made("found", target);
  }

  /** What the fuzzer said. */
  Path log(Targets target) {
    return made("logs", target).resolve("log.txt");
  }

  Path dictionary(Targets target) {
    return made("words", target).resolve("words.txt");
  }

  private Path made(String kind, Targets target) {
    try {
      return Files.createDirectories(
          module.resolve("target").resolve(kind).resolve(target.label()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The inputs in the findings of a target. */
  List<Path> findingsOf(Targets target) throws IOException {
    Path folder = findings(target);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var there = Files.list(folder)) {
      return there.sorted().toList();
    }
  }
}
