package dev.irqledger.recordings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of QEMU's trace log. The thread and the time stand before the event where QEMU was told to
 * stamp its messages; both are 0 where it was not.
 *
 * @param thread the id of the thread that printed it
 * @param micros since 1970, or 0
 * @param event the trace event's name
 * @param arguments what follows the name
 */
record QemuLine(int thread, long micros, String event, String arguments) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<thread>[0-9]{1,10})@(?<seconds>[0-9]{1,11})\\.(?<micros>[0-9]{6}):)?"
              + "(?<event>vfio_[a-z0-9_]{1,64}+)(?:\\s(?<arguments>.*))?",
          Pattern.DOTALL);

  /** The line, or null where it is none of VFIO's events: QEMU's messages go to the same place. */
  static @Nullable QemuLine read(String text) throws MalformedLineException {
    Matcher line = FORM.matcher(text);
    if (!line.matches()) {
      return null;
    }
    String arguments = line.group("arguments");
    String event = line.group("event");
    String rest = arguments == null ? "" : arguments.strip();
    if (line.group("thread") == null) {
      return new QemuLine(0, 0, event, rest);
    }
    long seconds = Long.parseLong(line.group("seconds"));
    return new QemuLine(
        (int) NumberText.between("the thread", line.group("thread"), 0, Integer.MAX_VALUE),
        seconds * 1_000_000 + Long.parseLong(line.group("micros")),
        event,
        rest);
  }
}
