package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class of tests whose name the runner does not look for would pass by never running. */
class TestNamesTest {
  private static final Pattern HAS_TESTS =
      Pattern.compile("^\\s*@(Test|Property|ParameterizedTest|Example)\\b", Pattern.MULTILINE);
  private static final Pattern RUN = Pattern.compile(".*(Test|Tests|Properties)\\.java");

  @Test
  void every_class_with_tests_has_a_name_that_is_run() throws IOException {
    Path root = Path.of("..").toRealPath();
    List<String> found = new ArrayList<>();
    List<String> neverRun = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().contains("src/test/java")).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".java") && HAS_TESTS.matcher(Files.readString(file)).find()) {
          found.add(name);
          if (!RUN.matcher(name).matches()) {
            neverRun.add(root.relativize(file).toString());
          }
        }
      }
    }
    assertTrue(found.contains("TestNamesTest.java"), found.toString());
    assertEquals(List.of(), neverRun);
  }
}
