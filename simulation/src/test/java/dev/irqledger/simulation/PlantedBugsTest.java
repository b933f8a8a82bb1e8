package dev.irqledger.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that {@code simulation/planted-bugs} plants can be planted in the code as it is. */
class PlantedBugsTest {
  private static final Path ROOT = Path.of("..");

  static Stream<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("bugs"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void a_bug_names_a_file_and_lines_that_are_in_it(Path patch) throws IOException {
    List<String> lines = Files.readAllLines(patch);
    String file =
        lines.stream().filter(line -> line.startsWith("--- a/")).findFirst().orElseThrow();
    String source = Files.readString(ROOT.resolve(file.substring("--- a/".length())));
    int first = lines.indexOf(file) + 2; // behind it: the same file with the bug
    String[] hunks = String.join("\n", lines.subList(first, lines.size())).split("(?m)^@@.*\n", -1);
    assertTrue(hunks.length > 1, "no line is changed");
    for (String hunk : Stream.of(hunks).skip(1).toList()) {
      String before =
          hunk.lines()
              .filter(line -> !line.startsWith("+"))
              .map(line -> line.isEmpty() ? line : line.substring(1))
              .collect(Collectors.joining("\n"));
      assertTrue(source.contains(before), () -> "not in it any more:\n" + before);
    }
  }
}
