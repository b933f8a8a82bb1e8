package dev.irqledger.service.cli;

import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.ServiceSettings.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How the service is to run. */
final class RunOptions {
  /** What names of topics allow, since changelogs are called after it. */
  private static final Pattern APPLICATION_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "A Kafka broker, or several with commas (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers = "localhost:9092";

  @Option(
      names = "--state-dir",
      paramLabel = "FOLDER",
      defaultValue = "${sys:user.home}/.local/state/irq-ledger",
      description =
          "Where the state is kept between runs; made if missing (default: ${DEFAULT-VALUE}).")
  private Path stateDir = Path.of("irq-ledger");

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = ServiceSettings.DEFAULT_APPLICATION_ID,
      description =
          "Names the group and its state; a new one folds all history anew (default:"
              + " ${DEFAULT-VALUE}).")
  private String applicationId = ServiceSettings.DEFAULT_APPLICATION_ID;

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
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long to wait for a broker's answer at the start (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 10;

  /**
   * What was asked for.
   *
   * @throws ParameterException if a number is out of its range
   */
  ServiceSettings settings(CommandLine command) {
    require(
        APPLICATION_ID.matcher(applicationId).matches(),
        command,
        "--application-id: letters, digits, '.', '_' and '-', at most 100");
    require(partitions >= 1, command, "--partitions: at least 1");
    require(
        replicationFactor == null || replicationFactor >= 1,
        command,
        "--replication-factor: at least 1");
    require(standbyReplicas >= 0, command, "--standby-replicas: at least 0");
    require(threads >= 1, command, "--threads: at least 1");
    require(commitIntervalMs >= 1, command, "--commit-interval: at least 1");
    require(pressureIntervalMs >= 1, command, "--pressure-interval: at least 1");
    require(timeoutSeconds >= 1 && timeoutSeconds <= 3600, command, "--timeout: 1 to 3600");
    return ServiceSettings.of(bootstrapServers, stateDir)
        .withApplicationId(applicationId)
        .withTopics(
            partitions,
            replicationFactor == null ? OptionalInt.empty() : OptionalInt.of(replicationFactor))
        .withStandbyReplicas(standbyReplicas)
        .withThreads(threads)
        .withPace(
            new Pace(Duration.ofMillis(commitIntervalMs), Duration.ofMillis(pressureIntervalMs)))
        .withPatience(Duration.ofSeconds(timeoutSeconds));
  }

  private static void require(boolean fine, CommandLine command, String otherwise) {
    if (!fine) {
      throw new ParameterException(command, otherwise);
    }
  }
}
