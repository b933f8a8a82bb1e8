package dev.irqledger.simulation;

import dev.irqledger.simulation.Run.Outcome;
import dev.irqledger.simulation.fate.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many runs, one after the other in each of some threads; ends with the first that fails. */
final class Campaign {
  private final int steps;
  private final Set<Fault> off;
  private final AtomicLong next;
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private long runs;
  private long stepsMade;
  private @Nullable Outcome failed;

  /**
   * @param first the first seed
   * @param steps so many in each run
   * @param off faults that never strike
   */
  Campaign(long first, int steps, Set<Fault> off) {
    this.next = new AtomicLong(first);
    this.steps = steps;
    this.off = off;
  }

  /**
   * Makes runs.
   *
   * @param more whether there is another one to make
   * @param told is given every outcome, one at a time
   */
  void run(int threads, BooleanSupplier more, Consumer<Campaign> told) {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Runnable> loops = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        loops.add(() -> loop(more, told));
      }
      loops.forEach(workers::execute);
    }
  }

  private void loop(BooleanSupplier more, Consumer<Campaign> told) {
    while (more.getAsBoolean() && failed() == null) {
      Outcome outcome = Run.of(next.getAndIncrement(), steps, off).make();
      synchronized (this) {
        add(outcome);
        told.accept(this);
      }
    }
  }

  private void add(Outcome outcome) {
    runs++;
    stepsMade += outcome.steps();
    outcome.counts().forEach((fault, times) -> counts.merge(fault, (long) times, Long::sum));
    if (outcome.failure() != null && failed == null) {
      failed = outcome;
    }
  }

  /** The first run that failed; null while none has. */
  synchronized @Nullable Outcome failed() {
    return failed;
  }

  synchronized long runs() {
    return runs;
  }

  synchronized long stepsMade() {
    return stepsMade;
  }

  /** How often a fault struck. */
  synchronized long count(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  /** A line for each fault, with how often it struck. */
  synchronized String table() {
    StringBuilder table = new StringBuilder();
    for (Fault fault : Fault.values()) {
      table.append("%,10d  %s%n".formatted(count(fault), fault.words()));
    }
    return table.toString();
  }
}
