package dev.irqledger.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelGenerationTest {
  /** Count and flags of MSI-X; a count of -1 was not seen, flag 8 is NORESIZE. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6.12.111+deb12-amd64 | 16 | 1 | DYNAMIC
          6.12.111+deb12-amd64 | 16 | 9 | FIXED
          6.12.111+deb12-amd64 |  0 | 0 | FIXED
          6.12.111+deb12-amd64 | -1 | 0 | UNKNOWN
          6.5                  | 16 | 9 | FIXED
          6.5.0-rc1            | 16 | 9 | FIXED
          6.10.2               | 16 | 9 | FIXED
          7.0                  | 16 | 9 | FIXED
          6.4.16               | 16 | 9 | LEGACY
          6.1.176              | 16 | 9 | LEGACY
          6.1.176              |  0 | 0 | LEGACY
          6.1.176              | -1 | 0 | LEGACY
          5.15.0-generic       | 16 | 9 | LEGACY
          6.4.0-backport       | 16 | 1 | DYNAMIC
          ''                   | 16 | 1 | DYNAMIC
          ''                   | 16 | 9 | UNKNOWN
          ''                   | -1 | 0 | UNKNOWN
          linux                | 16 | 9 | UNKNOWN
          6                    | 16 | 9 | UNKNOWN
          """)
  void the_release_and_noresize_tell_together(
      String release, int count, int flags, KernelGeneration generation) {
    assertEquals(
        generation,
        KernelGeneration.of(new KernelRelease(release), new IrqIndexInfo(count, flags)));
  }

  @ParameterizedTest
  @CsvSource({"6.5, true", "6.4, false", "6.50, true", "5.99, false", "10.0, true", "x, false"})
  void releases_are_compared_by_number(String release, boolean atLeast) {
    assertEquals(atLeast, new KernelRelease(release).atLeast(6, 5));
  }
}
