package dev.irqledger.cli.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:34:12Z");

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "1h,PT1H", "2d,PT48H", "0s,PT0S"})
  void a_distance_counts_from_now_in_either_direction(String text, Duration length) {
    Moment moment = Moment.parse(text);
    assertEquals(NOW.plus(length), moment.after(NOW));
    assertEquals(NOW.minus(length), moment.before(NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-01T00:00:00Z", "2999-01-01T00:00:00.123456Z"})
  void a_time_is_itself_whatever_now_is(String text) {
    assertEquals(Instant.parse(text), Moment.parse(text).after(NOW));
    assertEquals(Instant.parse(text), Moment.parse(text).before(NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "1w", "1h30m", "soon", "12345678901s"})
  void what_is_no_duration_is_told_how_to_write_one(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Moment.parse(text));
    assertTrue(e.getMessage().contains("write 500ms, 30s"), e.getMessage());
  }
}
