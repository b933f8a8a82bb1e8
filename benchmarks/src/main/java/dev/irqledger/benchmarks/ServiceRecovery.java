package dev.irqledger.benchmarks;

import dev.irqledger.service.ServiceSettings;
import dev.irqledger.standalone.BusyDevices;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a service that was killed takes until it folds again. */
@Command(
    name = "service-recovery",
    mixinStandardHelpOptions = true,
    description = {
      "A service in a process of its own folds a log, and ends: by kill -9, or orderly. More events"
          + " are appended; measured is from the start of the next process, with the same state"
          + " directory, until they are folded and committed.",
      "After a kill the group waits for the dead member's session to end, 10 s; with a second"
          + " instance or a standby copy, others go on meanwhile."
    })
final class ServiceRecovery extends Benchmark {
  private static final String ORDERLY = "after an orderly end";

  @Mixin private final Fleet fleet = new Fleet();

  @Option(names = "--events", defaultValue = "20000", description = "Events before and after.")
  private int events;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds.")
  private int rounds;

  @Option(
      names = "--program",
      defaultValue = "${sys:irq-ledger.program}",
      description = "The program that is started (default: that of this checkout).")
  private String program;

  @Override
  protected void measure(Report report) throws Exception {
    Comparison times = new Comparison("start to all folded again", "s", ORDERLY);
    SequencedMap<String, Callable<Double>> contestants = new LinkedHashMap<>();
    contestants.put("after kill -9", () -> recovered(Process::destroyForcibly));
    contestants.put(ORDERLY, () -> recovered(Process::destroy));
    times.measure(0, rounds, this::progress, contestants);
    report.add(times);
  }

  @FunctionalInterface
  private interface Ending {
    void end(Process process);
  }

  private double recovered(Ending ending) throws Exception {
    BusyDevices busy = fleet.busy();
    try (LoadedLog log = new LoadedLog(fleet.partitions())) {
      log.append(busy::begin);
      append(log, busy);
      Process first = start(log);
      try {
        awaitAll(log, first);
      } finally {
        ending.end(first);
      }
      if (!first.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the service did not end");
      }
      append(log, busy);
      long start = System.nanoTime();
      Process second = start(log);
      try {
        awaitAll(log, second);
        return Timed.seconds(System.nanoTime() - start);
      } finally {
        second.destroyForcibly().waitFor();
      }
    }
  }

  private void append(LoadedLog log, BusyDevices busy) {
    log.append(to -> {
      for (int i = 0; i < events / 2; i++) {
        busy.move(to);
      }
    });
  }

  private static void awaitAll(LoadedLog log, Process process) throws Exception {
    var _ =
        log.awaitCommitted(
            ServiceSettings.DEFAULT_APPLICATION_ID, log.records(), () -> !process.isAlive());
  }

  private Process start(LoadedLog log) throws IOException {
    return new ProcessBuilder(
            program,
            "service",
            "run",
            "--bootstrap-server",
            log.bootstrapServers(),
            "--state-dir",
            log.stateDir().toString(),
            "--standby-replicas",
            "0",
            "--http-listen",
            "off")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
