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

/** What would have been on the recorded host that ran out of CPU vectors, and what fits on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatIfCommandTest {
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
      useHeadersInDisplayName = true,
      textBlock =
          """
          options                                                    | said
          --policy KERNEL                                            | parted at    no event
          --policy KERNEL                                            | 3 times in the log, 3 under the policy: 0 avoided, 0 caused
          --policy free_on_clear                                     | 87 irqs allocated that were still there in the log
          --policy 'LRU_CAP(64)'                                     | 23 irqs allocated that were still there in the log
          --policy 'LRU_CAP(9999)'                                   | 0 irqs allocated that were still there in the log
          --policy FREE_DYNAMIC_ON_CLEAR                             | parted at    0@4
          --policy KERNEL --cpu-vectors 500                          | 0 under the policy: 3 avoided, 0 caused
          --policy KERNEL --cpu-vectors 100                          | 6 under the policy: 0 avoided, 3 caused
          --policy KERNEL --cpu-vectors 500 --irtes 500              | 2 under the policy: 3 avoided, 2 caused
          --policy KERNEL --add 'hv-1/0000:01:00.0 x 2'              | of added devices
          --policy KERNEL --host hv-1 --add '0000:01:00.0 x 2'       | added   hv-1/0000:01:00.0 x 2
          """)
  void what_would_have_been_is_told(String options, String said) {
    CommandLineRun run = run("what-if " + options);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains(said), run.out());
  }

  @Test
  void a_failed_block_leaves_nothing_behind_where_irqs_are_freed_on_clear() {
    String options = "what-if --policy FREE_ON_CLEAR --at offset:0@9 -o json";
    String log = "\"log\":{\"peak\":588,\"at\":{\"partition\":0,\"offset\":8";
    String policy = "\"policy\":{\"peak\":302,\"at\":{\"partition\":0,\"offset\":5";
    String out = run(options).out();
    assertTrue(out.contains(log) && out.contains(policy), out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          options                                                                        | code | said
          --irtes 65536 --add '0000:01:00.0 x 1' --at offset:0@9                         | 1    | does not fit: 313 CPU vectors are missing
          --irtes 2000 --cpu-vectors 700 --add '0000:01:00.0 x 1' --at offset:0@9        | 1    | does not fit: 88 IRTEs are missing
          --irtes 2088 --cpu-vectors 700 --add '0000:01:00.0 x 1' --at offset:0@9        | 0    | fits
          --irtes 0 --cpu-vectors 0 --add '0000:01:00.0 x 2' -o json                     | 1    | "needed":1000,"missing":1000
          """)
  void what_fits_is_told_and_which_pool_is_too_small(String options, int code, String said) {
    CommandLineRun run = run("fit --host hv-1 " + options);
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue(run.out().contains(said), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          line                                                                | code | said
          what-if                                                             | 2    | --policy
          what-if --policy LRU                                                | 2    | 'LRU' is no release policy
          what-if --policy KERNEL -d hv-1/0000:01:00.0                        | 2    | take --host instead
          what-if --policy KERNEL --irtes -1                                  | 2    | 0 or more
          what-if --policy KERNEL --add 0000:01:00.0                          | 2    | is not 'DEVICE x COUNT'
          what-if --policy KERNEL --add '0000:01:00.0 x 2'                    | 2    | names no host
          what-if --policy KERNEL --add 'hv-1/0000:01:00.0 x 0'               | 2    | 1 to 10000
          what-if --policy KERNEL --add 'hv-1/0000:77:00.0 x 2'               | 5    | the log has no event of hv-1/0000:77:00.0
          what-if --policy KERNEL --host hv-7                                 | 5    | hv-7
          fit --add 'hv-1/0000:01:00.0 x 1'                                   | 2    | --host
          fit --host hv-1                                                     | 2    | --add
          fit --host hv-1 --add '0000:01:00.0 x 1'                            | 2    | how many IRTEs host hv-1 has
          fit --host hv-1 --irtes 9 --add '0000:77:00.0 x 1'                  | 5    | 0000:77:00.0
          """)
  void what_is_wrong_is_told_with_its_exit_code(String line, int code, String said) {
    CommandLineRun run = run(line);
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue(run.err().contains(said), run.err());
    assertEquals("", run.out());
  }
}
