package dev.irqledger.service.cli;

import dev.irqledger.launch.KafkaConfigFile;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.wire.topic.ClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which instance of the service is meant. */
final class InstanceOptions {
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
          "Where the state is kept between runs; made if missing (default:"
              + " ~/.local/state/irq-ledger).")
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
      names = "--kafka-config",
      paramLabel = "FILE",
      converter = KafkaConfigFile.class,
      description =
          "Further settings of Kafka's clients and of Kafka Streams, such as TLS and SASL: a"
              + " properties file as Kafka's own tools take it.")
  private ClientSettings kafka = ClientSettings.NONE;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long to wait for a broker's answer at the start (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 10;

  /**
   * The instance that is meant, with the usual settings beside that.
   *
   * @throws ParameterException if a value is out of its range
   */
  ServiceSettings settings(CommandLine command) {
    if (!APPLICATION_ID.matcher(applicationId).matches()) {
      throw new ParameterException(
          command, "--application-id: letters, digits, '.', '_' and '-', at most 100");
    }
    if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
      throw new ParameterException(command, "--timeout: 1 to 3600");
    }
    return ServiceSettings.of(bootstrapServers, stateDir)
        .withApplicationId(applicationId)
        .withKafka(kafka)
        .withPatience(Duration.ofSeconds(timeoutSeconds));
  }
}
