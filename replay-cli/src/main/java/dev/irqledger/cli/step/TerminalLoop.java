package dev.irqledger.cli.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * Shows a session on a terminal until it ends. The screen that was there before comes back whatever
 * ends it.
 */
public final class TerminalLoop {
  /** How long the size of the terminal may have changed before it is drawn anew. */
  private static final long PAUSE_MS = 200;

  /** How long a key that begins as another one may take. */
  private static final long ESCAPE_MS = 100;

  private final Terminal terminal;
  private final Session session;
  private final Screen screen;
  private final BindingReader keys;
  private final KeyMap<Key> moves = keyMap(false);
  private final KeyMap<Key> editing = keyMap(true);
  private final AtomicBoolean shown = new AtomicBoolean();
  private volatile boolean interrupted;
  private volatile boolean resized;
  private Size size = Size.of(0, 0);
  private List<AttributedString> drawn = List.of();

  public TerminalLoop(Terminal terminal, Session session, Screen screen) {
    this.terminal = terminal;
    this.session = session;
    this.screen = screen;
    this.keys = new BindingReader(terminal.reader());
  }

  private static KeyMap<Key> keyMap(boolean text) {
    KeyMap<Key> map = new KeyMap<>();
    map.setAmbiguousTimeout(ESCAPE_MS);
    map.setUnicode(Key.TYPED);
    map.setNomatch(Key.TYPED);
    for (Key key : Key.values()) {
      if (!text || key.endsText()) {
        map.bind(key, key.codes());
      }
    }
    if (text) {
      for (char c = ' '; c < 0x7f; c++) {
        map.bind(Key.TYPED, String.valueOf(c));
      }
    }
    return map;
  }

  /**
   * Shows it, takes keys, until it ends.
   *
   * @throws dev.irqledger.replay.ReplayException if the log cannot be read any more
   */
  public Session.End run() {
    Attributes before = terminal.enterRawMode();
    Thread restoring = new Thread(() -> restore(before), "restore-terminal");
    Runtime.getRuntime().addShutdownHook(restoring);
    try {
      withoutSignals();
      show();
      return takeKeys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      restore(before);
      forget(restoring);
    }
  }

  private static void forget(Thread hook) {
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook with it.
    }
  }

  /** Ctrl-C and Ctrl-Z come as keys: so the screen is never left as it is. */
  private void withoutSignals() {
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    // One that comes from elsewhere would end the program with the screen as it is.
    Terminal.SignalHandler _ = terminal.handle(Terminal.Signal.INT, _ -> interrupted = true);
    Terminal.SignalHandler _ = terminal.handle(Terminal.Signal.WINCH, _ -> resized = true);
  }

  private void show() {
    shown.set(true);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  private void restore(Attributes before) {
    if (shown.compareAndSet(true, false)) {
      terminal.puts(Capability.cursor_normal);
      terminal.puts(Capability.keypad_local);
      terminal.puts(Capability.exit_ca_mode);
      terminal.flush();
    }
    terminal.setAttributes(before);
  }

  private Session.End takeKeys() throws IOException {
    NonBlockingReader input = terminal.reader();
    draw(true);
    while (session.end() == null) {
      int next = input.peek(PAUSE_MS);
      if (interrupted) {
        return Session.End.INTERRUPTED;
      }
      if (next == NonBlockingReader.EOF) {
        return Session.End.LEFT;
      }
      if (next != NonBlockingReader.READ_EXPIRED) {
        Key key = keys.readBinding(session.takesText() ? editing : moves);
        if (key == null) {
          return Session.End.LEFT;
        }
        session.press(key, keys.getLastBinding());
        if (session.end() == null) {
          draw(key == Key.REDRAW);
        }
      } else if (resized) {
        draw(true);
      }
    }
    return session.end();
  }

  /** A terminal that does not know its size gets the one that they used to have. */
  private Size sizeNow() {
    Size now = terminal.getSize();
    return now.getRows() > 0 && now.getColumns() > 0 ? now : Size.of(80, 24);
  }

  /** Draws the lines that are other than before, each as a whole: no terminal errs with that. */
  private void draw(boolean anew) {
    if (anew || resized) {
      resized = false;
      size = sizeNow();
      drawn = List.of();
      terminal.puts(Capability.clear_screen);
    }
    List<AttributedString> lines = screen.lines(session.view(), size.getColumns(), size.getRows());
    for (int row = 0; row < lines.size(); row++) {
      AttributedString line = lines.get(row);
      if (row >= drawn.size() || !line.equals(drawn.get(row))) {
        terminal.puts(Capability.cursor_address, row, 0);
        terminal.writer().write(line.toAnsi(terminal));
        if (line.columnLength() < size.getColumns()) {
          terminal.puts(Capability.clr_eol);
        }
      }
    }
    drawn = lines;
    terminal.flush();
  }
}
