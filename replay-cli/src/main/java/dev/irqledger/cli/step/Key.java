package dev.irqledger.cli.step;

import java.util.List;

/** What a key asks for. */
enum Key {
  NEXT("n →", "the next event", "n", "\033[C", "\033OC"),
  PREVIOUS("p ←", "the event before", "p", "\033[D", "\033OD"),
  PAGE_DOWN("PageDown", "20 events on", "\033[6~"),
  PAGE_UP("PageUp", "20 events back", "\033[5~"),
  NEXT_CHANGE("v", "the next event that changed the vector", "v"),
  PREVIOUS_CHANGE("V", "the event before that changed the vector", "V"),
  NEXT_VECTOR("j ↓", "choose the next vector", "j", "\033[B", "\033OB"),
  PREVIOUS_VECTOR("k ↑", "choose the vector before", "k", "\033[A", "\033OA"),
  TOUCHED_VECTOR("Tab", "choose the next vector that the event changed, or that is in use", "\t"),
  NEXT_VIOLATION("!", "the next event that breaks a rule", "!"),
  PREVIOUS_VIOLATION("1", "the event before that breaks a rule", "1"),
  FIRST("g", "the first event", "g", "\033[H", "\033OH", "\033[1~"),
  LAST("G", "the last event", "G", "\033[F", "\033OF", "\033[4~"),
  PROMPT(":", "go to an offset, a time or an event's id; or 'vector N'", ":"),
  HELP("h ?", "show or hide this help", "h", "?"),
  REDRAW("Ctrl-L", "draw the screen anew", "\f"),
  QUIT("q", "leave; so do Ctrl-D and Ctrl-C", "q", "\004"),
  INTERRUPT("", "", "\003"),
  ENTER("", "", "\r", "\n"),
  ERASE("", "", "\177", "\b"),
  ESCAPE("", "", "\033"),
  /** Any other: text, where text is typed. */
  TYPED("", "");

  private final String label;
  private final String words;

  /** Between blanks, none of which is in a code. */
  private final String codes;

  Key(String label, String words, String... codes) {
    this.label = label;
    this.words = words;
    this.codes = String.join(" ", codes);
  }

  /** How a person names it; empty for one that needs no naming. */
  String label() {
    return label;
  }

  /** What it does, in words. */
  String words() {
    return words;
  }

  /** What a terminal sends for it, in any of its modes. */
  List<String> codes() {
    return codes.isEmpty() ? List.of() : List.of(codes.split(" "));
  }

  /** Whether it has its meaning while text is typed, too. */
  boolean endsText() {
    return switch (this) {
      case INTERRUPT, ENTER, ERASE, ESCAPE, REDRAW -> true;
      case NEXT,
          PREVIOUS,
          PAGE_DOWN,
          PAGE_UP,
          NEXT_CHANGE,
          PREVIOUS_CHANGE,
          NEXT_VECTOR,
          PREVIOUS_VECTOR,
          TOUCHED_VECTOR,
          NEXT_VIOLATION,
          PREVIOUS_VIOLATION,
          FIRST,
          LAST,
          PROMPT,
          HELP,
          QUIT,
          TYPED ->
          false;
    };
  }
}
