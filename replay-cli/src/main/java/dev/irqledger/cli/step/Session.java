package dev.irqledger.cli.step;

import dev.irqledger.core.event.KernelView;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.step.Cursor;
import dev.irqledger.replay.step.Step;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a person has done so far: where the cursor is, which vector is chosen, what is typed. */
public final class Session {
  private static final int PAGE = 20;
  private static final int LONGEST_TEXT = 200;

  private final Cursor cursor;
  private final Place places;
  private int vector;
  private @Nullable String text;
  private boolean help;
  private String message;
  private @Nullable End end;

  /** How it ended. */
  public enum End {
    LEFT,
    INTERRUPTED
  }

  /**
   * @param message what is to be said at first; may be empty
   */
  public Session(Cursor cursor, Place places, String message) {
    this.cursor = cursor;
    this.places = places;
    this.message = message;
    this.vector = Math.max(touched(cursor.step(), -1), 0);
  }

  /** What there is to show. */
  View view() {
    return new View(
        cursor.history().device(),
        cursor.history().count(),
        cursor.step(),
        vector,
        text,
        help,
        message);
  }

  /** How it ended, null while it goes on. */
  public @Nullable End end() {
    return end;
  }

  /** Whether text is being typed. */
  boolean takesText() {
    return text != null;
  }

  /**
   * Does what the key asks for.
   *
   * @param typed what was typed, where the key is {@link Key#TYPED}
   * @throws ReplayException if the log cannot be read any more
   */
  void press(Key key, String typed) {
    message = "";
    if (text != null) {
      edit(text, key, typed);
      return;
    }
    boolean wasHelp = help;
    help = false;
    switch (key) {
      case NEXT -> move(() -> cursor.by(1), "this is the last event");
      case PREVIOUS -> move(() -> cursor.by(-1), "this is the first event");
      case PAGE_DOWN -> move(() -> cursor.by(PAGE), "this is the last event");
      case PAGE_UP -> move(() -> cursor.by(-PAGE), "this is the first event");
      case FIRST -> move(cursor::toFirst, "this is the first event");
      case LAST -> move(cursor::toLast, "this is the last event");
      case NEXT_CHANGE ->
          move(() -> cursor.toNextChange(vector), "no later event changed vector " + vector);
      case PREVIOUS_CHANGE ->
          move(() -> cursor.toPreviousChange(vector), "no earlier event changed vector " + vector);
      case NEXT_VIOLATION -> move(cursor::toNextViolation, "no later event breaks a rule");
      case PREVIOUS_VIOLATION ->
          move(cursor::toPreviousViolation, "no earlier event breaks a rule");
      case NEXT_VECTOR -> choose(vector + 1);
      case PREVIOUS_VECTOR -> choose(vector - 1);
      case TOUCHED_VECTOR -> chooseTouched();
      case PROMPT -> text = "";
      case HELP -> help = !wasHelp;
      case QUIT -> end = End.LEFT;
      case INTERRUPT -> end = End.INTERRUPTED;
      case TYPED -> message = wasHelp ? "" : "no such key; h shows the keys";
      case REDRAW, ENTER, ERASE, ESCAPE -> {}
    }
  }

  private void move(BooleanSupplier move, String otherwise) {
    message = move.getAsBoolean() ? "" : otherwise;
  }

  private void edit(String typedSoFar, Key key, String typed) {
    if (key == Key.ENTER) {
      text = null;
      go(typedSoFar.strip());
    } else if (key == Key.ESCAPE) {
      text = null;
    } else if (key == Key.INTERRUPT) {
      end = End.INTERRUPTED;
    } else if (key == Key.ERASE) {
      text =
          typedSoFar.isEmpty()
              ? null
              : typedSoFar.substring(0, typedSoFar.offsetByCodePoints(typedSoFar.length(), -1));
    } else if (typed.codePoints().noneMatch(Character::isISOControl)) {
      text = typedSoFar.length() < LONGEST_TEXT ? typedSoFar + typed : typedSoFar;
    }
  }

  private void go(String place) {
    try {
      if (place.startsWith("vector")) {
        choose(Integer.parseInt(place.substring("vector".length()).strip()));
      } else if (!place.isEmpty()) {
        goTo(place, places.named(place));
      }
    } catch (NumberFormatException e) {
      message = "'" + place + "' is not 'vector N' with a number from 0 to 2047";
    } catch (IllegalArgumentException e) {
      message = "'" + place + "' is no place; try 41, 0@41, an event's id, or 2026-11-22T14:34:12Z";
    } catch (ReplayException e) {
      sayUnlessFatal(e);
    }
  }

  private void goTo(String place, int index) {
    if (index < 0) {
      message = "before the device's first event: " + place;
      return;
    }
    var _ = cursor.to(index);
    message = "at " + place + " or the last event before it";
  }

  /** What the log does not hold is no reason to end; that it cannot be read is one. */
  private void sayUnlessFatal(ReplayException e) {
    message =
        switch (e.kind()) {
          case WRONG_USE, NO_SUCH_POINT, LOG_CUT -> String.valueOf(e.getMessage());
          case UNREACHABLE, NO_TOPIC, ARCHIVE_UNREADABLE, INPUT_UNREADABLE, ARCHIVE_UNWRITABLE ->
              throw e;
        };
  }

  private void choose(int wanted) {
    if (wanted < 0 || wanted >= KernelView.MAX_VECTORS) {
      message = "a vector is 0 to " + (KernelView.MAX_VECTORS - 1) + ", not " + wanted;
      return;
    }
    vector = wanted;
  }

  private void chooseTouched() {
    Step step = cursor.step();
    int next = touched(step, vector);
    if (next < 0) {
      next = touched(step, -1);
    }
    if (next < 0) {
      next = used(step, vector + 1);
    }
    if (next < 0) {
      next = used(step, 0);
    }
    if (next < 0) {
      message = "no vector is in use here";
      return;
    }
    vector = next;
  }

  private static int used(Step step, int from) {
    return from < KernelView.MAX_VECTORS
        ? step.folded().state().interrupts().vectors().next(from)
        : -1;
  }

  /** The first vector after that one which the event changed, -1 where there is none. */
  private static int touched(Step step, int vector) {
    for (int v = vector + 1; v < KernelView.MAX_VECTORS; v++) {
      if (step.changed(v)) {
        return v;
      }
    }
    return -1;
  }
}
