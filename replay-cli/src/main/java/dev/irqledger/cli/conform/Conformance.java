package dev.irqledger.cli.conform;

import dev.irqledger.recordings.BadLine;
import dev.irqledger.recordings.KernelTraceParser;
import dev.irqledger.recordings.KernelTraceReader;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.Parsed;
import dev.irqledger.recordings.TraceEntry;
import dev.irqledger.recordings.TraceHeader;
import dev.irqledger.recordings.TraceStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one file of kernel traces against the model, against events folded with what the kernel
 * showed, and against events folded without it, after every operation.
 */
public final class Conformance {
  private static final String HOST = "conform";

  private final KernelTraceReader reader = new KernelTraceReader();
  private final KernelTraceParser parser = new KernelTraceParser();
  private static final int MOST_BAD_LINES = 20;

  private final List<BadLine> badLines = new ArrayList<>();
  private long badLineCount;
  private int nextSeq;
  private @Nullable Runs runs;
  private long operations;
  private long differing;
  private @Nullable String firstDifference;

  private record Runs(ModelRun model, EventRun folded, EventRun observed) {}

  /**
   * What a file gave.
   *
   * @param operations how many operations were compared
   * @param differing how many of them differ
   * @param firstDifference the first difference in words; null where there is none
   * @param badLineCount how many lines could not be read, or tell that others are missing
   * @param badLines the first of them
   * @param capacity what was inferred of the last trace's host; null where nothing ran out
   */
  public record Result(
      long operations,
      long differing,
      @Nullable String firstDifference,
      long badLineCount,
      List<BadLine> badLines,
      @Nullable String capacity) {}

  /** Takes the next line of the file. */
  public void line(long number, String text) {
    List<Parsed> parsed = new ArrayList<>(1);
    parser.line(number, text, parsed::add);
    reader.line(number, text, entry -> take(entry, parsed));
  }

  public Result result() {
    return new Result(
        operations,
        differing,
        firstDifference,
        badLineCount,
        List.copyOf(badLines),
        runs == null ? null : runs.model.inferred());
  }

  private void take(TraceEntry entry, List<Parsed> parsed) {
    switch (entry) {
      case BadLine bad -> {
        bad(bad);
        nextSeq++; // the line that could not be read was an operation
      }
      case TraceHeader header -> {
        nextSeq = 0;
        runs =
            new Runs(
                new ModelRun(header, HOST),
                new EventRun(HOST, header.bdf(), false),
                new EventRun(HOST, header.bdf(), true));
      }
      case TraceStep step -> {
        checkSequence(step);
        if (runs != null && parsed.size() == 1 && parsed.get(0) instanceof Operation operation) {
          compare(runs, step, operation);
        }
      }
    }
  }

  /** The recorder numbers its operations: a removed or moved line shows. */
  private void checkSequence(TraceStep step) {
    if (step.seq() != nextSeq) {
      bad(
          new BadLine(
              step.line(),
              step.text(),
              "operation "
                  + step.seq()
                  + " where "
                  + nextSeq
                  + " is expected: lines are missing or moved"));
    }
    nextSeq = step.seq() + 1;
  }

  private void bad(BadLine line) {
    if (++badLineCount <= MOST_BAD_LINES) {
      badLines.add(line);
    }
  }

  private void compare(Runs all, TraceStep step, Operation operation) {
    operations++;
    String model = all.model.next(step);
    String folded = all.folded.next(step, operation);
    String observed = all.observed.next(step, operation);
    String difference =
        model != null
            ? "model: " + model
            : folded != null
                ? "fold: " + folded
                : observed != null ? "fold of the call alone: " + observed : null;
    if (difference == null) {
      return;
    }
    differing++;
    all.model.resume(all.folded.interrupts());
    if (firstDifference == null) {
      firstDifference = "line " + step.line() + ", '" + shortened(step.text()) + "': " + difference;
    }
  }

  private static String shortened(String op) {
    return op.length() <= 60 ? op : op.substring(0, 59) + "…";
  }
}
