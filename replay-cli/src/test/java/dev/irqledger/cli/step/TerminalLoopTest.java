package dev.irqledger.cli.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** Keys go in and a screen comes out, on a terminal over streams. */
class TerminalLoopTest {
  private static final String SHOWN = "\033[?1049h";
  private static final String RESTORED = "\033[?1049l";
  private static final int WIDTH = 80;
  private static final int HEIGHT = 24;

  @TempDir private Path folder;
  private final CountDownLatch shown = new CountDownLatch(1);
  private final ByteArrayOutputStream output =
      new ByteArrayOutputStream() {
        @Override
        public synchronized void write(int b) {
          super.write(b);
          shown.countDown();
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
          super.write(bytes, from, count);
          shown.countDown();
        }
      };

  /** Keys that nobody presses before there is something to see. */
  private final class Keys extends InputStream {
    private final InputStream keys;

    Keys(String keys) {
      this.keys = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
      awaitShown();
      return keys.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      awaitShown();
      return keys.read(bytes, from, count);
    }

    private void awaitShown() throws IOException {
      try {
        shown.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  private Terminal terminal(String keys) throws IOException {
    Terminal terminal =
        new ExternalTerminal(
            "test", "screen-256color", new Keys(keys), output, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(WIDTH, HEIGHT));
    return terminal;
  }

  private Session.End run(LogSource log, int index, String keys) throws IOException {
    try (Terminal terminal = terminal(keys)) {
      var before = terminal.getAttributes();
      var loop =
          new TerminalLoop(terminal, RecordedArchive.session(log, index), new Screen(Ansi.OFF));
      try {
        return loop.run();
      } finally {
        assertEquals(before.toString(), terminal.getAttributes().toString());
      }
    }
  }

  private String written() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** The screen as it was just before it was restored. */
  private List<String> screen() {
    String written = written();
    assertTrue(written.startsWith(SHOWN), written);
    int end = written.lastIndexOf(RESTORED);
    ScreenTerminal screen = new ScreenTerminal(WIDTH, HEIGHT);
    boolean _ = screen.write(written.substring(SHOWN.length(), end));
    return screen.toString().lines().map(String::stripTrailing).toList();
  }

  private void restored() {
    assertEquals(written().indexOf(RESTORED), written().lastIndexOf(RESTORED));
    assertTrue(written().indexOf(RESTORED) > written().indexOf(SHOWN), written());
    assertTrue(written().contains("\033[?25h"), "the cursor is to be seen again");
  }

  @ParameterizedTest
  @CsvSource({
    "n, 3, event 5 of 15",
    "nnn, 3, event 7 of 15",
    "'\033[C\033OC\033[D', 3, event 5 of 15",
    "p, 3, event 3 of 15",
    "g, 3, event 1 of 15",
    "G, 3, event 15 of 15",
    "':0@9\r', 3, event 10 of 15",
    "':0@99\177\r', 3, event 10 of 15",
    "'gjjv', 3, vector 202",
    "'x', 3, no such key",
    "'h', 3, PageDown"
  })
  void keys_move_the_cursor(String keys, int index, String said) throws IOException {
    try (LogSource log = RecordedArchive.in(folder).open()) {
      assertEquals(Session.End.LEFT, run(log, index, keys + "q"));
    }
    String shown = String.join("\n", screen());
    assertTrue(shown.contains(said), shown);
    restored();
  }

  @ParameterizedTest
  @CsvSource({
    "q, LEFT",
    "'\004', LEFT",
    "'', LEFT",
    "'\003', INTERRUPTED",
    "':0\003', INTERRUPTED"
  })
  void every_way_out_restores_the_screen(String keys, Session.End end) throws IOException {
    try (LogSource log = RecordedArchive.in(folder).open()) {
      assertEquals(end, run(log, 3, keys));
    }
    restored();
  }

  @Test
  void the_screen_is_what_is_rendered() throws IOException {
    try (LogSource log = RecordedArchive.in(folder).open()) {
      var _ = run(log, 2, "nnnppGgnnq");
      List<String> rendered =
          new Screen(Ansi.OFF)
              .lines(RecordedArchive.session(log, 2).view(), WIDTH, HEIGHT).stream()
                  .map(line -> line.toString().stripTrailing())
                  .toList();
      assertEquals(
          rendered.subList(1, rendered.size() - 2), screen().subList(1, rendered.size() - 2));
    }
  }

  @Test
  void a_log_that_is_gone_ends_it_with_the_screen_restored() throws IOException {
    RecordedArchive archive = RecordedArchive.in(folder);
    try (LogSource log = archive.open();
        Terminal terminal = terminal("v")) {
      Session session = RecordedArchive.session(log, 0);
      try (var files = Files.walk(archive.directory())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
      var loop = new TerminalLoop(terminal, session, new Screen(Ansi.OFF));
      assertThrows(ReplayException.class, loop::run);
    }
    restored();
  }
}
