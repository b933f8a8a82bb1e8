package dev.irqledger.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({"1,1s", "59,59s", "60,1m", "90,90s", "3600,1h", "86400,1d", "90000,25h", "0,0s"})
  void seconds_are_written_so_that_they_read_back(long seconds, String text) {
    assertEquals(text, DurationText.ofSeconds(seconds));
    assertEquals(Duration.ofSeconds(seconds), DurationText.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "1h,PT1H", "2d,PT48H"})
  void a_duration_is_a_number_and_its_unit(String text, Duration expected) {
    assertEquals(expected, new DurationText.Converter().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "1w", "1h30m", "10M"})
  void what_is_none_is_told_how_to_write_one(String text) {
    TypeConversionException refused =
        assertThrows(
            TypeConversionException.class, () -> new DurationText.Converter().convert(text));
    assertEquals(
        "not a duration: '" + text + "' (write 500ms, 30s, 5m, 1h or 2d)", refused.getMessage());
  }
}
