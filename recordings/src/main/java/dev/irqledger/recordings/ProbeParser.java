package dev.irqledger.recordings;

import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.InterruptsSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a probe on the kernel's {@code vfio_pci_set_irqs_ioctl} (in {@code
 * drivers/vfio/pci/vfio_pci_core.c}), in the form of tracefs's {@code trace} and {@code
 * trace_pipe}.
 *
 * <p>A call is an entry and a return of the same thread; the operation comes out at the return, so
 * in the order in which the calls ended, with the entry's line number and the return's time. Where
 * the return was not seen, the result stays unknown. The times are microseconds since the host's
 * boot, not of the day: the buffer knows no other.
 *
 * <p>The kernel's own disable at a device's last close goes through the same function, and so looks
 * here like any other call.
 */
public final class ProbeParser implements RecordingParser {
  /** How many calls may be under way; the eldest beyond that are given up as unanswered. */
  static final int MAX_IN_FLIGHT = 1024;

  private static final Pattern LOST =
      Pattern.compile("\\s*CPU:([0-9]{1,6}) \\[LOST ([0-9]{1,20} )?EVENTS\\]\\s*");

  private final Map<Integer, Entry> inFlight = new LinkedHashMap<>();

  private record Entry(long line, ProbeLine probe, ProbeFields fields) {
    Operation operation(long nanos, OptionalInt result, long latencyNanos) {
      return new Operation(
          line,
          fields.device(),
          nanos / 1000,
          Actor.process(probe.thread(), probe.command()),
          new InterruptsSet(fields.call(), result, latencyNanos, null));
    }

    Operation answered(ProbeLine end, int result) {
      // Two CPUs' clocks may differ a little; a call takes no negative time.
      long latency = Math.max(0, end.nanos() - probe.nanos());
      return operation(end.nanos(), OptionalInt.of(result), latency);
    }

    Operation unanswered() {
      return operation(probe.nanos(), OptionalInt.empty(), 0);
    }
  }

  @Override
  public void line(long number, String text, Consumer<? super Parsed> sink) {
    if (text.length() > MAX_LINE_CHARS) {
      sink.accept(BadLine.tooLong(number, text));
    } else if (!text.isBlank() && !text.startsWith("#")) {
      try {
        read(number, text, sink);
      } catch (MalformedLineException e) {
        sink.accept(new BadLine(number, text, e.reason()));
      }
    }
  }

  @Override
  public void end(Consumer<? super Parsed> sink) {
    giveUp(0, sink);
  }

  private void read(long number, String text, Consumer<? super Parsed> sink)
      throws MalformedLineException {
    Matcher lost = LOST.matcher(text);
    if (lost.matches()) {
      lost(lost.group(1), lost.group(2), sink);
    }
    ProbeLine line = ProbeLine.read(text);
    if (line == null) {
      return;
    }
    if (line.returned()) {
      returned(line, sink);
    } else {
      entered(number, line, sink);
    }
  }

  /**
   * A lost line may be the return of a call under way, whose thread then made another one: the next
   * return need not be the one that is waited for.
   */
  private void lost(String cpu, @Nullable String count, Consumer<? super Parsed> sink)
      throws MalformedLineException {
    giveUp(0, sink);
    throw new MalformedLineException(
        "the kernel lost "
            + (count == null ? "an unknown number of" : count.strip())
            + " entries of its trace buffer on CPU "
            + cpu
            + ": calls are missing here");
  }

  private void entered(long number, ProbeLine line, Consumer<? super Parsed> sink)
      throws MalformedLineException {
    Entry unanswered = inFlight.remove(line.thread());
    if (unanswered != null) {
      sink.accept(unanswered.unanswered());
    }
    inFlight.put(line.thread(), new Entry(number, line, ProbeFields.entry(line.fields())));
    giveUp(MAX_IN_FLIGHT, sink);
  }

  private void returned(ProbeLine line, Consumer<? super Parsed> sink)
      throws MalformedLineException {
    int result = ProbeFields.result(line.fields());
    Entry entry = inFlight.remove(line.thread());
    if (entry == null) {
      throw new MalformedLineException(
          "thread " + line.thread() + " returns from a call whose entry was not seen");
    }
    sink.accept(entry.answered(line, result));
  }

  /** Lets the eldest calls go until only so many are left. */
  private void giveUp(int left, Consumer<? super Parsed> sink) {
    Iterator<Entry> eldest = inFlight.values().iterator();
    while (inFlight.size() > left) {
      Entry entry = eldest.next();
      eldest.remove();
      sink.accept(entry.unanswered());
    }
  }
}
