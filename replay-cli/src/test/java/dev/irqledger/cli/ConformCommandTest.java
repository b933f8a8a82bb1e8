package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformCommandTest {
  private static final List<String> SMALL =
      List.of(
          "{\"kernel\":\"6.12.1\",\"device\":\"nvme\",\"bdf\":\"0000:01:00.0\"}",
          "{\"seq\":0,\"op\":\"open\",\"ret\":0,\"info\":[{\"index\":0,\"count\":1,\"flags\":7},"
              + "{\"index\":1,\"count\":0,\"flags\":9},{\"index\":2,\"count\":32,\"flags\":1},"
              + "{\"index\":3,\"count\":1,\"flags\":9},{\"index\":4,\"count\":1,\"flags\":9}],"
              + "\"mode\":\"none\",\"irqs\":[],\"signalled\":{}}",
          "{\"seq\":1,\"op\":\"set 2 0 2 eventfd trigger e0,e1\",\"ret\":0,\"ns\":5,"
              + "\"mode\":\"msix\",\"irqs\":[{\"vector\":0,\"irq\":33,\"trigger\":true},"
              + "{\"vector\":1,\"irq\":34,\"trigger\":true}],\"signalled\":{}}",
          "{\"seq\":2,\"op\":\"set 2 1 1 eventfd trigger -1\",\"ret\":0,\"ns\":5,"
              + "\"mode\":\"msix\",\"irqs\":[{\"vector\":0,\"irq\":33,\"trigger\":true},"
              + "{\"vector\":1,\"irq\":34,\"trigger\":false}],\"signalled\":{}}",
          "{\"seq\":3,\"op\":\"set 2 0 2 none trigger\",\"ret\":0,\"ns\":5,"
              + "\"mode\":\"msix\",\"irqs\":[{\"vector\":0,\"irq\":33,\"trigger\":true},"
              + "{\"vector\":1,\"irq\":34,\"trigger\":false}],\"signalled\":{\"e0\":1}}");

  @TempDir private Path folder;

  private Path file(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private CommandLineRun conform(Path... files) {
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      names.add(file.toString());
    }
    return CommandLineRun.of(new ConformCommand(), names.toArray(String[]::new));
  }

  @Test
  void model_and_fold_do_what_two_kernels_did() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : Samples.kernelTraces()) {
      files.add(file(name.replace('/', '-'), Samples.lines(name)));
    }
    CommandLineRun run = conform(files.toArray(Path[]::new));
    assertEquals("", run.err());
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().matches("(?s).*\\d{4,} operations, 0 differ\\R"), run.out());
  }

  @Test
  void the_capacity_of_a_host_that_ran_out_is_inferred() throws IOException {
    CommandLineRun run = conform(file("any-name.jsonl", Samples.lines(Samples.EXHAUSTION)));
    assertEquals(0, run.code());
    assertTrue(run.out().contains("387 CPU vectors"), run.out());
  }

  @Test
  void a_packed_trace_is_read_as_well() throws IOException {
    Path packed = folder.resolve("trace.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(String.join("\n", SMALL).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals("4 operations, 0 differ\n", conform(packed).out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 | "ret":0           | "ret":-22          | result 0, the kernel gave -EINVAL
          2 | "irq":34          | "irq":0            | irq
          3 | "irq":34          | "irq":35           | irq 34 kept, the kernel shows 35
          3 | "trigger":false   | "trigger":true     | vector 1
          3 | "mode":"msix"     | "mode":"msi"       | mode msix, the kernel shows msi
          4 | {"e0":1}          | {}                 | eventfds signalled
          4 | {"e0":1}          | {"e0":2}           | eventfds signalled
          """)
  void each_altered_line_differs(int line, String was, String is, String said) throws IOException {
    List<String> lines = new ArrayList<>(SMALL);
    assertTrue(lines.get(line).contains(was));
    lines.set(line, lines.get(line).replace(was, is));
    CommandLineRun run = conform(file("altered.jsonl", lines));
    assertEquals(1, run.code());
    assertTrue(run.out().contains("altered.jsonl: line " + (line + 1)), run.out());
    assertTrue(run.out().contains(said), run.out());
  }

  @Test
  void a_truncated_trace_is_compared_as_far_as_it_goes_and_the_exit_code_tells()
      throws IOException {
    List<String> lines = new ArrayList<>(SMALL);
    lines.set(4, lines.get(4).substring(0, 40));
    CommandLineRun run = conform(file("cut.jsonl", lines));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("cut.jsonl:5: "), run.err());
    assertEquals("3 operations, 0 differ\n", run.out());
  }

  @Test
  void a_line_that_was_removed_shows_though_it_changed_nothing() throws IOException {
    List<String> lines = new ArrayList<>(SMALL);
    lines.add(lines.get(4).replace("\"seq\":3", "\"seq\":5"));
    CommandLineRun run = conform(file("removed.jsonl", lines));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("removed.jsonl:6: operation 5 where 4"), run.err());
  }

  @Test
  void one_irq_on_two_vectors_shows_also_where_no_event_shows_both() throws IOException {
    List<String> lines = new ArrayList<>(SMALL.subList(0, 2));
    lines.add(
        "{\"seq\":1,\"op\":\"set 2 0 1 eventfd trigger e0\",\"ret\":0,\"ns\":5,"
            + "\"mode\":\"msix\",\"irqs\":[{\"vector\":0,\"irq\":33,\"trigger\":true}],"
            + "\"signalled\":{}}");
    lines.add(
        "{\"seq\":2,\"op\":\"set 2 3 1 eventfd trigger e1\",\"ret\":0,\"ns\":5,"
            + "\"mode\":\"msix\",\"irqs\":[{\"vector\":0,\"irq\":33,\"trigger\":true},"
            + "{\"vector\":3,\"irq\":33,\"trigger\":true}],\"signalled\":{}}");
    CommandLineRun run = conform(file("twice.jsonl", lines));
    assertEquals(1, run.code());
    assertTrue(run.out().contains("irq 33 twice"), run.out());
  }

  @Test
  void what_a_terminal_would_obey_is_not_repeated() throws IOException {
    List<String> lines = new ArrayList<>(SMALL);
    lines.set(4, lines.get(4).replace("msix", "\\u001b[31m\\nFAKE"));
    CommandLineRun run = conform(file("escape.jsonl", lines));
    assertEquals(1, run.code());
    assertEquals(2, run.err().lines().count(), run.err());
    assertTrue(run.err().indexOf('\u001b') < 0);
  }

  @Test
  void an_empty_file_and_a_missing_one_are_errors_of_one_line() throws IOException {
    Path empty = file("empty.jsonl", List.of());
    CommandLineRun run = conform(empty, folder.resolve("missing.jsonl"));
    assertEquals(ExitCode.INPUT, run.code());
    assertEquals(2, run.err().lines().count());
    assertTrue(run.err().contains("empty.jsonl holds no operation"), run.err());
    assertTrue(run.err().contains("missing.jsonl does not exist"), run.err());
  }
}
