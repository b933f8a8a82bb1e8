package dev.irqledger.core.point;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latest                                     | latest
          earliest                                   | earliest
          time:2026-11-22T14:34:12Z                  | time:2026-11-22T14:34:12Z
          time:2026-11-22T14:34Z                     | time:2026-11-22T14:34:00Z
          time:2026-11-22T14:34:12.123456Z           | time:2026-11-22T14:34:12.123456Z
          time:2026-11-22T15:34:12+01:00             | time:2026-11-22T14:34:12Z
          host-time:2026-11-22T14:34:12.5Z           | host-time:2026-11-22T14:34:12.500Z
          offset:0@41                                | offset:0@41
          offset:1@-1,0@41                           | offset:0@41,1@-1
          offset:999999999@999999999999999999        | offset:999999999@999999999999999999
          offset:07@0041                             | offset:7@41
          event:0199a5c2-8f3e-7c11-9d2a-5b6c7d8e9f01 | event:0199a5c2-8f3e-7c11-9d2a-5b6c7d8e9f01
          """)
  void a_point_reads_back_what_it_prints(String text, String token) {
    Point point = PointParser.parse(text);
    assertEquals(token, point.token());
    assertEquals(point, PointParser.parse(token));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                               | no such form
          now                              | no such form
          Latest                           | no such form
          latest:                          | no such form
          tim:2026-11-22T14:34:12Z         | no such form
          time:                            | the time needs a date, a time and a zone
          time:2026-11-22                  | the time needs a date, a time and a zone
          time:2026-11-22T14:34:12         | the time needs a date, a time and a zone
          time:14:34:12Z                   | the time needs a date, a time and a zone
          host-time:yesterday              | the time needs a date, a time and a zone
          time:+999999999-12-31T23:59:59-1 | the time needs a date, a time and a zone
          time:+999999999-12-31T23:00-18:00 | the year has more than nine digits in UTC
          time:-999999999-01-01T01:00+18:00 | the year has more than nine digits in UTC
          offset:                          | '' is not PARTITION@OFFSET
          offset:0                         | '0' is not PARTITION@OFFSET
          offset:0@                        | '0@' is not PARTITION@OFFSET
          offset:0@-2                      | '0@-2' is not PARTITION@OFFSET
          offset:-1@0                      | '-1@0' is not PARTITION@OFFSET
          offset:0@1,                      | '' is not PARTITION@OFFSET
          offset:0@1;1@2                   | '0@1;1@2' is not PARTITION@OFFSET
          offset:0@9999999999999999999     | '0@9999999999999999999' is not PARTITION@OFFSET
          offset:9999999999@0              | '9999999999@0' is not PARTITION@OFFSET
          offset:0@1,0@2                   | partition 0 is named twice
          event:                           | the event's id is not a UUID
          event:41                         | the event's id is not a UUID
          """)
  void another_text_is_refused_with_the_reason_and_the_forms(String text, String why) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PointParser.parse(text));
    assertEquals(
        "not a point: '" + text + "' (" + why + "); a point is " + PointParser.FORMS,
        e.getMessage());
  }

  @Test
  void every_form_in_the_help_is_read() {
    for (String form :
        PointParser.FORMS
            .replace("UUID", "0199a5c2-8f3e-7c11-9d2a-5b6c7d8e9f01")
            .split(", | or ", -1)) {
      assertEquals(form, PointParser.parse(form).token());
    }
  }

  @Test
  void offsets_cannot_be_changed_from_outside() {
    Point.Offsets offsets = Point.Offsets.of(Map.of(0, 41L));
    assertThrows(UnsupportedOperationException.class, () -> offsets.last().put(1, 2L));
    assertEquals(List.of(0), List.copyOf(offsets.last().keySet()));
    assertTrue(offsets.last().containsValue(41L));
  }
}
