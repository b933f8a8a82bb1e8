package dev.irqledger.recordings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of one of our events as the kernel's trace buffer prints it: the thread, the CPU, the
 * time, the event and its fields.
 *
 * @param thread the thread's id
 * @param command the thread's name, which may hold anything
 * @param nanos since the host's boot
 * @param event the event's name, such as {@code set_irqs}
 * @param fields what follows the event's name
 */
record ProbeLine(int thread, String command, long nanos, String event, String fields) {
  static final String ENTRY = "set_irqs";
  static final String RETURN = "set_irqs_ret";
  static final String RELEASE = "vfio_release";

  // Possessive where it can be: a hostile line must not cost more than its length.
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*+(?<command>.*)-(?<thread>[0-9]{1,10})\\s+(?:\\([ 0-9-]*+\\)\\s+)?"
              + "\\[[0-9]{1,6}\\]\\s+(?:[^\\s\\[]{1,16}\\s+)?"
              + "(?<seconds>[0-9]{1,9})\\.(?<fraction>[0-9]{1,9}): "
              + "(?<event>set_irqs|set_irqs_ret|vfio_release|irq_matrix_[a-z_]{1,32}+):"
              + "(?<fields>.*)",
          Pattern.DOTALL);
  private static final Pattern OTHER_EVENT =
      Pattern.compile(".*\\[[0-9]{1,6}\\] .* [0-9]{1,9}\\.[0-9]{1,9}: .*", Pattern.DOTALL);

  private static final int MAX_COMMAND = 64;

  /** Another event's time stands at the beginning of its line; the rest is not searched. */
  private static final int OTHER_EVENT_HEAD = 256;

  private static final int FRACTION_DIGITS = 9;

  /** The line, or null where it is another event's. */
  static @Nullable ProbeLine read(String text) throws MalformedLineException {
    Matcher line = FORM.matcher(text);
    if (line.matches()) {
      return of(line);
    }
    String head = text.substring(0, Math.min(text.length(), OTHER_EVENT_HEAD));
    if (!text.contains(": set_irqs") && OTHER_EVENT.matcher(head).matches()) {
      return null;
    }
    throw new MalformedLineException("expected a line of the kernel's trace buffer");
  }

  private static ProbeLine of(Matcher line) throws MalformedLineException {
    String command = line.group("command");
    if (command.length() > MAX_COMMAND) {
      throw new MalformedLineException(
          "the command name is longer than " + MAX_COMMAND + " characters");
    }
    String fraction = line.group("fraction");
    long nanos = Long.parseLong(fraction + "0".repeat(FRACTION_DIGITS - fraction.length()));
    return new ProbeLine(
        (int) NumberText.between("the thread", line.group("thread"), 0, Integer.MAX_VALUE),
        command,
        Long.parseLong(line.group("seconds")) * 1_000_000_000L + nanos,
        line.group("event"),
        line.group("fields"));
  }
}
