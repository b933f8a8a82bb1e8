package dev.irqledger.fuzzing;

import dev.irqledger.fuzzing.targets.Target;
import dev.irqledger.fuzzing.targets.Targets;
import dev.irqledger.launch.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The fuzzing as a command. */
@Command(
    name = "fuzzing/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fuzz every decoder and parser, each in a JVM of its own with little memory.",
      "",
      "  fuzzing/run                              all targets, a minute together",
      "  fuzzing/run --for 1h                     an hour",
      "  fuzzing/run --some 12                    a dozen of them, others each time",
      "  fuzzing/run --target event --for 5m      one of them",
      "  fuzzing/run --target event --input FILE  one input again, with what it breaks",
      "",
      "What was reached is kept in fuzzing/target/corpus, and the next run goes on there. Ends with 0"
          + " where all held, and with 1 where something did not."
    })
public final class FuzzingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      defaultValue = "1m",
      converter = DurationText.Converter.class,
      paramLabel = "TIME",
      description =
          "How long, such as 90s, 30m or 1h, all targets together; starting a JVM for each comes on"
              + " top (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "NAME",
      description = "Only these; may be repeated.")
  private @Nullable List<String> names;

  @Option(
      names = "--some",
      paramLabel = "N",
      description =
          "Only so many of them, which the seed chooses: starting each takes some seconds.")
  private @Nullable Integer some;

  @Option(names = "--list", description = "Tells which targets there are.")
  private boolean list;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "With one --target: tries this input and no other.")
  private @Nullable Path input;

  @Option(names = "--seed", description = "The seed; by default one that the clock gives.")
  private @Nullable Long seed;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Targets at once; by default one for each processor.")
  private @Nullable Integer jobs;

  /** Runs it, and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FuzzingCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<Targets> targets = targets();
    if (list) {
      targets.forEach(target -> out.printf("%-16s %s%n", target.label(), target.words()));
      return 0;
    }
    return input == null ? fuzz(out, targets) : again(out, targets, input);
  }

  private List<Targets> targets() {
    try {
      return names == null
          ? List.of(Targets.values())
          : names.stream().map(Targets::named).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--target: " + e.getMessage(), e);
    }
  }

  private int fuzz(PrintWriter out, List<Targets> targets) throws InterruptedException {
    // libFuzzer's seeds have 32 bits, and 0 stands for none.
    long first = seed == null ? (System.currentTimeMillis() & 0x3fff_ffffL) + 1 : seed;
    int atOnce = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
    Campaign campaign = new Campaign(Folders.ofThisRun(), first, time, atOnce);
    return campaign.run(chosen(targets, first), out);
  }

  private List<Targets> chosen(List<Targets> targets, long by) {
    if (some == null) {
      return targets;
    }
    List<Targets> mixed = new ArrayList<>(targets);
    Collections.shuffle(mixed, new Random(by));
    return mixed.subList(0, Math.clamp(some, 1, mixed.size()));
  }

  private int again(PrintWriter out, List<Targets> targets, Path file) throws IOException {
    if (targets.size() != 1) {
      throw new ParameterException(spec.commandLine(), "--input: name its --target, one");
    }
    try (Target target = targets.getFirst().make()) {
      target.check(Files.readAllBytes(file));
      out.println(file + ": all is as it must be");
      return 0;
    } catch (Throwable e) { // whatever it is: it is what is asked for
      e.printStackTrace(out);
      return 1;
    } finally {
      out.flush();
    }
  }
}
