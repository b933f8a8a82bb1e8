package dev.irqledger.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs all benchmarks, each in a JVM of its own. */
@Command(
    name = "all",
    mixinStandardHelpOptions = true,
    description = "All benchmarks but the peers', one after the other, each in a JVM of its own.")
final class All implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "A short pass: shows that all run, and little more.")
  private boolean quick;

  /**
   * A benchmark.
   *
   * @param full the arguments of a full run, where the defaults are not meant
   * @param quick those of a short pass
   */
  private record Run(String name, List<String> full, List<String> quick) {}

  private static final List<Run> RUNS =
      List.of(
          run("calls", "--forks 2", "--forks 1 --rounds 2 --millis 100"),
          run("service-rate", "", "--events 20000 --devices 100 --rounds 1"),
          run("service-latency", "", "--rate 1000 --seconds 3 --devices 100 --rounds 1"),
          run("service-recovery", "--rounds 2", "--devices 100 --events 2000 --rounds 1"),
          run("fold-rate", "--events 50000 --rounds 2", "--events 4000 --rounds 1"),
          run("replay-rate", "", "--events 100000 --devices 1000 --rounds 2"),
          run("point-in-time", "", "--events 100000 --few 20000 --devices 1000 --questions 3"),
          run("agent-cost", "", "--calls 300 --rounds 1"),
          run(
              "growth",
              "",
              "--devices 100,1000 --vectors 1,32 --history 20000,50000 --events 20000 --rounds 1"),
          run("cold-restore", "--hosts 10 --devices 200", "--hosts 10 --devices 10"));

  private static Run run(String name, String full, String quick) {
    return new Run(name, words(full), words(quick));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (Run run : RUNS) {
      spec.commandLine().getErr().printf("-- %s%n", run.name);
      int code = process(run).waitFor();
      if (code != 0) {
        spec.commandLine().getErr().printf("%s ended with %d%n", run.name, code);
        return code;
      }
    }
    spec.commandLine().getErr().printf("all in %.0f s%n", Timed.seconds(System.nanoTime() - start));
    return 0;
  }

  private Process process(Run run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Benchmarks.class.getName());
    command.add(run.name);
    command.addAll(quick ? run.quick : run.full);
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start();
  }
}
