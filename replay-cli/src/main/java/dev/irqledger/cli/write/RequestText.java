package dev.irqledger.cli.write;

import dev.irqledger.cli.Words;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.Command;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands as text for people. */
final class RequestText {
  private static final int LONGEST_OP = 48;
  private static final int LONGEST_REASON = 200;

  private RequestText() {}

  /** One command and its answer, on a few lines. */
  static void print(Request request, Instant now, PrintWriter out) {
    out.println(
        PrintableText.of(request.command().getHost(), 253)
            + "/"
            + PrintableText.of(request.command().getDevice(), 20)
            + "  "
            + PrintableText.of(request.command().getOp(), LONGEST_REASON));
    out.println("  " + (request.place() == null ? "not sent" : outcome(request, now)));
    Answer answer = request.answer();
    KernelView view = answer == null ? null : answer.view();
    if (view != null) {
      out.println("  mode %s, vectors: %s".formatted(view.mode().label(), vectors(view)));
    }
    if (answer == null) {
      out.println(
          "  expires %s, asked by '%s'"
              .formatted(
                  request.command().getExpiresAt(),
                  PrintableText.of(request.command().getRequestedBy(), LONGEST_REASON)));
    } else {
      out.println(
          "  event %s at %s, epoch %d"
              .formatted(answer.event().id(), answer.place(), answer.event().epoch()));
    }
    if (request.command().getExpectedEpoch() != null) {
      out.println("  only at " + expected(request.command()));
    }
    if (request.command().getFindingId() != null) {
      out.println(
          "  to remedy finding "
              + request.command().getFindingId()
              + ", "
              + PrintableText.of(request.command().getRequestedBy(), LONGEST_REASON));
    }
    out.println(
        "  command "
            + request.command().getId()
            + (request.place() == null ? "" : " at " + request.place()));
  }

  private static String expected(Command command) {
    String epoch = "epoch " + command.getExpectedEpoch();
    return command.getExpectedSequence() == null
        ? epoch
        : epoch + ", sequence " + command.getExpectedSequence();
  }

  /** Standing and result in words. */
  static String outcome(Request request, Instant now) {
    Standing standing = request.standing(now);
    return switch (standing) {
      case DONE -> standing.label() + took(request.answer());
      case FAILED -> standing.label() + ": " + failure(request.answer());
      case REFUSED -> standing.label() + ": " + reason(request.answer());
      case EXPIRED, PENDING -> standing.label();
    };
  }

  private static String took(@Nullable Answer answer) {
    return answer == null || answer.result().isEmpty()
        ? ""
        : ": the kernel returned " + Words.result(answer.event().body());
  }

  private static String failure(@Nullable Answer answer) {
    if (answer == null || answer.result().isEmpty()) {
      return "nobody saw the result";
    }
    int result = answer.result().getAsInt();
    return result > 0
        ? "the kernel had only " + result + " irqs to give, and gave none"
        : "the kernel returned " + Words.result(answer.event().body());
  }

  private static String reason(@Nullable Answer answer) {
    String reason = answer == null ? null : answer.reason();
    return PrintableText.of(reason == null ? "" : reason, LONGEST_REASON);
  }

  /** A table's first line. */
  static void head(PrintWriter out) {
    row(out, "SENT", "COMMAND", "DEVICE", "OP", "BY", "EVENT", "OUTCOME");
  }

  /** One command on one line. */
  static void row(Request request, Instant now, PrintWriter out) {
    Place place = request.place();
    Answer answer = request.answer();
    row(
        out,
        place == null ? "-" : place.logTime(),
        request.command().getId(),
        PrintableText.of(request.command().getHost() + "/" + request.command().getDevice(), 60),
        PrintableText.of(request.command().getOp(), LONGEST_OP),
        PrintableText.of(request.command().getRequestedBy(), 20),
        answer == null ? "-" : answer.place(),
        outcome(request, now));
  }

  private static void row(PrintWriter out, Object... cells) {
    out.println("%-24s %-36s %-22s %-40s %-10s %-8s %s".formatted(cells).stripTrailing());
  }

  /** Runs of vectors that stand alike: {@code 0-3 armed (irq 24-27), 4 cached (irq 28)}. */
  static String vectors(KernelView view) {
    List<String> runs = new ArrayList<>();
    List<Seen> all = view.allocated();
    int first = 0;
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size() || !continues(all.get(i - 1), all.get(i))) {
        runs.add(run(all.get(first), all.get(i - 1)));
        first = i;
      }
    }
    if (!runs.isEmpty()) {
      return String.join(", ", runs);
    }
    return view.to() == view.from() ? "not looked at" : "none allocated";
  }

  private static boolean continues(Seen before, Seen next) {
    return next.vector() == before.vector() + 1
        && next.irq() == before.irq() + 1
        && next.armed() == before.armed();
  }

  private static String run(Seen first, Seen last) {
    return range(first.vector(), last.vector())
        + (first.armed() ? " armed" : " cached")
        + " (irq "
        + range(first.irq(), last.irq())
        + ")";
  }

  private static String range(int first, int last) {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
