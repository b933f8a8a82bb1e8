package dev.irqledger.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks, by name. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Measure the programs on this machine; quote ratios of one run, not times.",
    subcommands = {
      FoldRate.class,
      ColdRestore.class,
      PointInTime.class,
      ReplayRate.class,
      ServiceRate.class,
      ServiceLatency.class,
      ServiceRecovery.class,
      SingleCalls.class,
      AgentCost.class,
      Growth.class,
      All.class
    })
public final class Benchmarks implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a benchmark");
  }
}
