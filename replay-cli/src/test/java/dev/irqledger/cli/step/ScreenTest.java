package dev.irqledger.cli.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.replay.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** What the screen shows, in any size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScreenTest {
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

  /** The time at which the recording came into the archive is another one in each run. */
  private static String text(List<AttributedString> lines) {
    return lines.stream()
        .map(line -> line.toString().stripTrailing() + "\n")
        .collect(Collectors.joining())
        .replaceAll("log    [-0-9T:.]+Z", "log    2026-11-23T12:51:49.784Z");
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = ScreenTest.class.getResourceAsStream(name + ".txt")) {
      byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wide, 6, 130, 26",
    "middle, 6, 100, 24",
    "stacked, 4, 80, 24",
    "smallest, 6, 40, 12",
    "all-freed, 10, 130, 20"
  })
  void it_is_as_it_was(String name, int index, int width, int height) throws IOException {
    Session session = RecordedArchive.session(log, index);
    String shown = text(new Screen(Ansi.OFF).lines(session.view(), width, height));
    assertEquals(golden(name), shown);
  }

  @Test
  void the_help_names_every_key() throws IOException {
    Session session = RecordedArchive.session(log, 0);
    session.press(Key.HELP, "h");
    assertEquals(golden("help"), text(new Screen(Ansi.OFF).lines(session.view(), 80, 24)));
  }

  @Test
  void every_size_is_filled_and_never_overrun() {
    Session session = RecordedArchive.session(log, 6);
    for (int width = 10; width < 200; width += 7) {
      for (int height = 1; height < 60; height += 5) {
        List<AttributedString> lines = new Screen(Ansi.ON).lines(session.view(), width, height);
        assertEquals(height, lines.size());
        for (AttributedString line : lines) {
          assertTrue(line.columnLength() <= width, width + "x" + height + " " + line);
        }
      }
    }
  }

  @Test
  void without_colours_there_are_none() {
    Session session = RecordedArchive.session(log, 6);
    String plain = ansi(new Screen(Ansi.OFF).lines(session.view(), 130, 22));
    String coloured = ansi(new Screen(Ansi.ON).lines(session.view(), 130, 22));
    assertTrue(coloured.contains("\033[36m") || coloured.contains("\033[32m"), coloured);
    assertEquals(List.of(), colours(plain));
  }

  private static String ansi(List<AttributedString> lines) {
    return lines.stream().map(AttributedString::toAnsi).collect(Collectors.joining("\n"));
  }

  private static List<String> colours(String text) {
    return Pattern.compile("\033\\[[0-9;]*3[0-9][0-9;]*m")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
