package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replay step says where it shows nothing. */
class StepCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          arguments                                    | said
          --archive none -d hv-1/0000:01:00.0          | take 'replay history' or 'replay explain'
          --archive none -d 0000:01:00.0               | name one device with its host
          --archive none --host hv-1                   | name one device with its host
          --archive none -d hv-1/0000:01:00.0 --at x   | not a point
          """)
  void without_a_terminal_or_a_device_it_names_the_remedy(String arguments, String said) {
    CommandLineRun run = CommandLineRun.of(new ReplayCommand(), ("step " + arguments).split(" "));
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(said), run.err());
    assertEquals("", run.out());
  }
}
