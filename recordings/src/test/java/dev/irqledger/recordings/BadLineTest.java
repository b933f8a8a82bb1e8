package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BadLineTest {
  @Test
  void a_short_text_is_kept() {
    assertEquals("x".repeat(80), new BadLine(1, "x".repeat(80), "why").text());
  }

  @Test
  void a_long_text_is_cut_to_eighty_characters() {
    assertEquals("x".repeat(79) + "…", new BadLine(1, "x".repeat(81), "why").text());
  }

  @Test
  void no_character_of_two_parts_is_cut_in_the_middle() {
    assertEquals("x".repeat(78) + "…", new BadLine(1, "x".repeat(78) + "🦊🦊", "why").text());
  }

  @ParameterizedTest
  @EnumSource
  void a_line_beyond_the_limit_is_reported_without_being_read(RecordingFormat format) {
    String line = "{\"kernel\":\"" + " ".repeat(RecordingParser.MAX_LINE_CHARS);
    BadLine bad = Reading.of(format, line).badLines().getFirst();
    assertEquals(1, bad.line());
    assertTrue(bad.reason().startsWith("longer than 4194304 characters"), bad.reason());
  }
}
