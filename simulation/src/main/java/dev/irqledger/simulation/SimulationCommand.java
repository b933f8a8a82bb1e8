package dev.irqledger.simulation;

import dev.irqledger.launch.DurationText;
import dev.irqledger.simulation.Run.Outcome;
import dev.irqledger.simulation.fate.Fault;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The simulation as a command. */
@Command(
    name = "simulation/run",
    mixinStandardHelpOptions = true,
    description = {
      "Simulate hosts, agents, log and service with everything that can go wrong, from a seed.",
      "",
      "  simulation/run --seeds 1000              a thousand runs of 500 steps",
      "  simulation/run --for 1h                  as many as an hour has room for",
      "  simulation/run --seed 42                 one run; a failing one is made smaller",
      "",
      "Ends with 0 where all was as it must be, and with 1 at the first run that failed."
    })
public final class SimulationCommand implements Callable<Integer> {
  private static final Duration TELLS_EVERY = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(names = "--seeds", defaultValue = "1000", description = "How many runs.")
  private long seeds;

  @Option(names = "--first", description = "The first seed; by default one that the clock gives.")
  private @Nullable Long first;

  @Option(names = "--steps", defaultValue = "500", description = "Steps of a run.")
  private int steps;

  @Option(
      names = "--for",
      converter = DurationText.Converter.class,
      description = "Runs for that long, such as 90s, 30m or 1h, and not for a number of seeds.")
  private @Nullable Duration time;

  @Option(names = "--threads", description = "Runs at once; by default one for each processor.")
  private @Nullable Integer threads;

  @Option(names = "--seed", description = "Makes this one run.")
  private @Nullable Long seed;

  @Option(names = "--only", split = ",", description = "With --seed: these steps and no other.")
  private @Nullable List<Integer> only;

  @Option(names = "--as-it-is", description = "A failing run is not made smaller.")
  private boolean asItIs;

  @Option(names = "--tell", description = "With --seed: prints the log's records as they come.")
  private boolean tell;

  @Option(names = "--without", split = ",", description = "Faults that never strike.")
  private @Nullable List<Fault> without;

  public static void main(String[] args) {
    System.exit(new CommandLine(new SimulationCommand()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return seed == null ? many(out) : one(out, seed);
  }

  private int one(PrintWriter out, long which) {
    Run all = Run.of(which, steps, off());
    Outcome outcome = new Run(which, only == null ? all.steps() : only, off()).make(teller(out));
    if (outcome.failure() == null) {
      out.printf("seed %d: all is as it must be after %d steps%n", which, outcome.steps());
      out.flush();
      return 0;
    }
    outcome.failure().cause().printStackTrace(out);
    out.print(Story.of(outcome, only == null ? smaller(out, outcome) : outcome));
    out.flush();
    return 1;
  }

  private @Nullable Consumer<String> teller(PrintWriter out) {
    return tell ? out::println : null;
  }

  private Set<Fault> off() {
    return without == null ? Set.of() : EnumSet.copyOf(without);
  }

  private int many(PrintWriter out) {
    long from = first == null ? System.currentTimeMillis() : first;
    long end = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
    AtomicLong left = new AtomicLong(time == null ? seeds : Long.MAX_VALUE);
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    out.printf("seeds from %d on, %d steps each, %d at once%n", from, steps, workers);
    out.flush();
    Campaign campaign = new Campaign(from, steps, off());
    long began = System.nanoTime();
    Progress progress = new Progress(out, began);
    campaign.run(
        workers, () -> System.nanoTime() < end && left.getAndDecrement() > 0, progress::tell);
    out.print(campaign.table());
    progress.line(campaign);
    Outcome failed = campaign.failed();
    if (failed != null) {
      out.print(Story.of(failed, smaller(out, failed)));
    }
    out.flush();
    return failed == null ? 0 : 1;
  }

  private Outcome smaller(PrintWriter out, Outcome failed) {
    if (asItIs) {
      return failed;
    }
    out.print("making it smaller ...\n");
    out.flush();
    return Shrinker.shrink(failed);
  }

  /** Tells from time to time how far it is. */
  private static final class Progress {
    private final PrintWriter out;
    private final long began;
    private long told;

    Progress(PrintWriter out, long began) {
      this.out = out;
      this.began = began;
      this.told = began;
    }

    void tell(Campaign campaign) {
      long now = System.nanoTime();
      if (now - told > TELLS_EVERY.toNanos()) {
        told = now;
        line(campaign);
      }
    }

    void line(Campaign campaign) {
      double seconds = (System.nanoTime() - began) / 1e9;
      out.printf(
          "%,d seeds, %,d steps in %.0f s (%,.0f steps/s)%n",
          campaign.runs(), campaign.stepsMade(), seconds, campaign.stepsMade() / seconds);
      out.flush();
    }
  }
}
