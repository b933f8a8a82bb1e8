package dev.irqledger.fuzzing;

import dev.irqledger.fuzzing.Fuzzer.Outcome;
import dev.irqledger.fuzzing.targets.Targets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All targets, each as long as the others.
 *
 * @param time all of it
 * @param atOnce how many fuzzers at once
 */
record Campaign(Folders folders, long seed, Duration time, int atOnce) {

  /** Returns 0 where all held, and 1 where something did not. */
  int run(List<Targets> targets, PrintWriter out) throws InterruptedException {
    int together = Math.min(atOnce, targets.size());
    Duration each = time.multipliedBy(together).dividedBy(targets.size());
    out.printf(
        "%d targets for %d s each, %d at once; seed %d%n",
        targets.size(), Math.max(1, each.toSeconds()), together, seed);
    out.flush();
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService fuzzers = Executors.newFixedThreadPool(together)) {
      List<Future<Outcome>> running =
          targets.stream()
              .map(target -> fuzzers.submit(new Fuzzer(target, folders, seed, each)::run))
              .toList();
      for (Future<Outcome> fuzzer : running) {
        Outcome outcome = outcome(fuzzer);
        outcomes.add(outcome);
        out.print(line(outcome));
        out.flush();
      }
    }
    out.print(summary(outcomes));
    out.flush();
    return outcomes.stream().anyMatch(Outcome::failed) ? 1 : 0;
  }

  private static Outcome outcome(Future<Outcome> fuzzer) throws InterruptedException {
    try {
      return fuzzer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? new UncheckedIOException(cause)
          : new IllegalStateException(e.getCause());
    }
  }

  private static String line(Outcome outcome) {
    Figures figures = outcome.figures();
    return "%-16s %,11d inputs %,8d/s %,7d edges %,6d kept  %s%n"
        .formatted(
            outcome.target().label(),
            figures.executions(),
            figures.perSecond(),
            figures.coverage(),
            figures.corpus(),
            verdict(outcome));
  }

  private static String verdict(Outcome outcome) {
    if (outcome.blind()) {
      return "BLIND: no code was seen, see " + outcome.log();
    }
    if (!outcome.failed()) {
      return "held";
    }
    List<String> artifacts = outcome.figures().artifacts();
    return artifacts.isEmpty()
        ? "ENDED with " + outcome.code() + ", see " + outcome.log()
        : "FAILED, see " + outcome.log();
  }

  private static String summary(List<Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    long inputs = outcomes.stream().mapToLong(o -> o.figures().executions()).sum();
    long failed = outcomes.stream().filter(Outcome::failed).count();
    text.append(
        "%,d inputs for %d targets; %d failed%n".formatted(inputs, outcomes.size(), failed));
    for (Outcome outcome : outcomes) {
      for (String artifact : outcome.figures().artifacts()) {
        text.append(
            "again: fuzzing/run --target %s --input %s%n"
                .formatted(outcome.target().label(), artifact));
      }
    }
    return text.toString();
  }
}
