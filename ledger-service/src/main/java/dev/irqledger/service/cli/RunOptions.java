package dev.irqledger.service.cli;

import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.ServiceSettings.Pace;
import dev.irqledger.service.live.LiveApi.Served;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How the service is to run. */
final class RunOptions {
  @Mixin private InstanceOptions instance = new InstanceOptions();
  @Mixin private HttpOptions http = new HttpOptions();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "" + ServiceSettings.DEFAULT_PARTITIONS,
      description =
          "How many partitions new topics get. Fixed for good with the first start on a cluster"
              + " (default: ${DEFAULT-VALUE}).")
  private int partitions = ServiceSettings.DEFAULT_PARTITIONS;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "How many replicas new topics get (default: one on each broker, at most 3).")
  private @Nullable Integer replicationFactor;

  @Option(
      names = "--standby-replicas",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many other instances keep a copy of each state, to take over without a restore"
              + " (default: ${DEFAULT-VALUE}).")
  private int standbyReplicas = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many partitions are folded at once (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--commit-interval",
      paramLabel = "MS",
      defaultValue = "100",
      description =
          "How long results are gathered in one transaction, in milliseconds (default:"
              + " ${DEFAULT-VALUE}).")
  private int commitIntervalMs = 100;

  @Option(
      names = "--pressure-interval",
      paramLabel = "MS",
      defaultValue = "200",
      description =
          "How long changes of a host's pools are gathered in one record, in milliseconds"
              + " (default: ${DEFAULT-VALUE}).")
  private int pressureIntervalMs = 200;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "TEXT",
      description =
          "text: messages for people, on standard error; json: every line there is a JSON object"
              + " (default: text).")
  private LogFormat logFormat = LogFormat.TEXT;

  /** Where the HTTP API is served; empty where it is not. */
  Optional<Served> served(CommandLine command) {
    return http.served(command);
  }

  LogFormat logFormat() {
    return logFormat;
  }

  /**
   * What was asked for.
   *
   * @throws ParameterException if a number is out of its range
   */
  ServiceSettings settings(CommandLine command) {
    require(partitions >= 1, command, "--partitions: at least 1");
    require(
        replicationFactor == null || replicationFactor >= 1,
        command,
        "--replication-factor: at least 1");
    require(standbyReplicas >= 0, command, "--standby-replicas: at least 0");
    require(threads >= 1, command, "--threads: at least 1");
    require(commitIntervalMs >= 1, command, "--commit-interval: at least 1");
    require(pressureIntervalMs >= 1, command, "--pressure-interval: at least 1");
    return instance
        .settings(command)
        .withTopics(
            partitions,
            replicationFactor == null ? OptionalInt.empty() : OptionalInt.of(replicationFactor))
        .withStandbyReplicas(standbyReplicas)
        .withThreads(threads)
        .withPace(
            new Pace(Duration.ofMillis(commitIntervalMs), Duration.ofMillis(pressureIntervalMs)));
  }

  private static void require(boolean fine, CommandLine command, String otherwise) {
    if (!fine) {
      throw new ParameterException(command, otherwise);
    }
  }
}
