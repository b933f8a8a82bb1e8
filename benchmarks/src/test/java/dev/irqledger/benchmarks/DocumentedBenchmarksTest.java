package dev.irqledger.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each benchmark that a document tells to run is one, with those options. */
class DocumentedBenchmarksTest {
  private static final String BEGINS = "benchmarks/run ";

  @Test
  void every_benchmark_of_a_document_is_one() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> documents = Files.walk(Path.of("..", "docs"))) {
      for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
        Files.readAllLines(document).stream()
            .filter(line -> line.startsWith(BEGINS))
            .map(line -> line.replaceFirst("\\s+#.*", "").substring(BEGINS.length()))
            .forEach(commands::add);
      }
    }
    assertFalse(commands.isEmpty());
    for (String command : commands) {
      assertDoesNotThrow(
          () -> new CommandLine(new Benchmarks()).parseArgs(command.split(" +")), command);
    }
  }
}
