package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a condition became true on the recorded host that ran out of CPU vectors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BisectCommandTest {
  @TempDir private static Path folder;
  private ExhaustedHost host;

  @BeforeAll
  void make() throws IOException {
    host = ExhaustedHost.in(folder);
  }

  private CommandLineRun run(String line) {
    return host.run(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      useHeadersInDisplayName = true,
      textBlock =
          """
          arguments                                                                  | code | said
          --good latest 'host("hv-1").armed == 0'                                    | 5    | already true
          --good earliest 'host("hv-1").cached > 9999'                               | 5    | still false
          --first --good earliest 'host("hv-1").cached > 9999'                       | 5    | at no event
          --good latest --bad earliest 'host("hv-1").cached > 1'                     | 2    | swap them
          --good earliest 'host("hv-2").cached > 1' --host hv-1                      | 2    | drop one
          --good earliest 'host("hv-1").cached > x'                                  | 2    | column 23: undeclared reference to 'x'
          'host("hv-1").cached > 1'                                                  | 2    | --good
          --good earliest                                                            | 2    | EXPRESSION
          --good offset:0@999 'host("hv-1").cached > 1'                              | 5    | not there yet
          """)
  void what_is_wrong_is_told_with_its_exit_code(String arguments, int code, String said) {
    CommandLineRun run = run("bisect " + arguments);
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue(run.err().contains(said), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      useHeadersInDisplayName = true,
      textBlock =
          """
          arguments                                                                    | said
          --good earliest --bad offset:0@9 'host("hv-1").cached > 200'                 | after      offset:0@6  host("hv-1").cached = 300
          --good offset:0@5 'host("hv-1").allocated == 0'                              | after      offset:0@12  host("hv-1").allocated = 0
          --first --good offset:0@5 'host("hv-1").allocated == 0'                      | after      offset:0@10  host("hv-1").allocated = 0
          --first --good offset:0@5 --host hv-1 'total().allocated == 0'               | before     offset:0@9  total().allocated = 588
          --good earliest --bad offset:0@8 'device("hv-1/0000:01:00.0").mode == "MSIX"' | hv-1/0000:01:00.0      0@1
          --good earliest --bad offset:0@8 'vector("hv-1/0000:01:00.0", 0).phase == "CACHED"' | phase = CACHED
          --first --good earliest --bad offset:0@8 'device("hv-1/0000:01:00.0").armed > 250' | 4 records looked at one by one
          """)
  void the_event_is_told(String arguments, String said) {
    CommandLineRun run = run("bisect " + arguments);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains(said), run.out());
  }

  @Test
  void a_programs_answer_has_both_sides_and_the_event() {
    CommandLineRun run =
        run("bisect --first --good offset:0@5 'host(\"hv-1\").allocated == 0' -o json");
    assertEquals(0, run.code(), run.err());
    assertEquals(1, run.out().lines().count());
    assertTrue(run.out().contains("\"before\":{\"token\":\"offset:0@9\""), run.out());
    assertTrue(run.out().contains("{\"host(\\\"hv-1\\\").allocated\":0}"), run.out());
    assertTrue(run.out().contains("\"turn\":{\"partition\":0,\"offset\":10"), run.out());
  }

  @Test
  void nothing_more_happens_in_an_archive() {
    CommandLineRun run = run("watch");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("replay history"), run.err());
  }
}
