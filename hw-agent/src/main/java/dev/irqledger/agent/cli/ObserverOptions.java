package dev.irqledger.agent.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say how other processes are watched. */
final class ObserverOptions {
  @Option(
      names = "--no-probe",
      description = "Put no probe into the kernel: look at sysfs from time to time only.")
  private boolean noProbe;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How often every device is looked at in sysfs (default: ${DEFAULT-VALUE}).")
  private int intervalSeconds;

  boolean probe() {
    return !noProbe;
  }

  Duration interval() {
    return Duration.ofSeconds(Math.max(1, intervalSeconds));
  }
}
