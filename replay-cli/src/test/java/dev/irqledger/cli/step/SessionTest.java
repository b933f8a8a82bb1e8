package dev.irqledger.cli.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.replay.LogSource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTest {
  @TempDir private static Path folder;
  private LogSource log;

  @BeforeAll
  void open() throws IOException {
    log = RecordedArchive.in(folder).open();
  }

  @AfterAll
  void close() {
    log.close();
  }

  private Session typed(int index, String place) {
    Session session = RecordedArchive.session(log, index);
    session.press(Key.PROMPT, ":");
    place.codePoints().forEach(c -> session.press(Key.TYPED, Character.toString(c)));
    session.press(Key.ENTER, "\r");
    return session;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          place                                     | index | said
          0                                         | 0     | at 0 or
          0@9                                       | 9     | at 0@9
          offset:0@9                                | 9     | at offset:0@9
          latest                                    | 14    | at latest
          earliest                                  | 6     | before the device's first event
          2020-01-01T00:00:00Z                      | 6     | before the device's first event
          2999-01-01T00:00:00Z                      | 6     | in the future
          999                                       | 6     | not there yet
          00000000-0000-7000-8000-000000000000      | 6     | no event of the log has the id
          nonsense                                  | 6     | 'nonsense' is no place
          vector x                                  | 6     | is not 'vector N'
          vector 2048                               | 6     | a vector is 0 to 2047
          """)
  void a_place_is_gone_to_or_refused_in_words(String place, int index, String said) {
    View view = typed(6, place).view();
    assertEquals(index, view.step().index(), view.message());
    assertTrue(view.message().contains(said), view.message());
    assertNull(view.text());
  }

  @Test
  void an_event_is_found_by_its_id() {
    String id = RecordedArchive.session(log, 11).view().step().event().id().toString();
    assertEquals(11, typed(2, id).view().step().index());
    assertEquals(11, typed(2, "event:" + id).view().step().index());
  }

  @Test
  void a_vector_is_chosen_by_its_number() {
    assertEquals(512, typed(2, "vector 512").view().vector());
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST, 0, first event",
    "PREVIOUS, 0, first event",
    "PAGE_UP, 0, first event",
    "PREVIOUS_CHANGE, 0, no earlier event changed vector",
    "PREVIOUS_VIOLATION, 0, no earlier event breaks",
    "LAST, 14, last event",
    "NEXT, 14, last event",
    "PAGE_DOWN, 14, last event",
    "NEXT_CHANGE, 14, no later event changed vector",
    "NEXT_VIOLATION, 14, no later event breaks"
  })
  void at_an_end_there_is_a_message(Key key, int index, String said) {
    Session session = RecordedArchive.session(log, index);
    session.press(key, "");
    assertEquals(index, session.view().step().index());
    assertTrue(session.view().message().contains(said), session.view().message());
    session.press(Key.NEXT_VECTOR, "");
    assertTrue(!session.view().message().contains("event"), "a message is said once");
  }

  @Test
  void a_page_is_twenty_events_or_what_there_is() {
    Session session = RecordedArchive.session(log, 3);
    session.press(Key.PAGE_DOWN, "");
    assertEquals(14, session.view().step().index());
    session.press(Key.PAGE_UP, "");
    assertEquals(0, session.view().step().index());
  }

  @Test
  void text_can_be_changed_and_given_up() {
    Session session = RecordedArchive.session(log, 3);
    session.press(Key.PROMPT, ":");
    session.press(Key.TYPED, "q");
    session.press(Key.TYPED, "\033[Z");
    assertEquals("q", session.view().text());
    session.press(Key.ERASE, "\177");
    assertEquals("", session.view().text());
    session.press(Key.ERASE, "\177");
    assertNull(session.view().text());
    session.press(Key.PROMPT, ":");
    session.press(Key.ESCAPE, "\033");
    assertNull(session.view().text());
    assertNull(session.end());
  }

  @Test
  void it_ends_in_two_ways() {
    Session left = RecordedArchive.session(log, 0);
    left.press(Key.QUIT, "q");
    assertEquals(Session.End.LEFT, left.end());
    Session interrupted = RecordedArchive.session(log, 0);
    interrupted.press(Key.PROMPT, ":");
    interrupted.press(Key.INTERRUPT, "\003");
    assertEquals(Session.End.INTERRUPTED, interrupted.end());
  }
}
