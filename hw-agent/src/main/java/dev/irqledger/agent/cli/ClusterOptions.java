package dev.irqledger.agent.cli;

import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.launch.KafkaConfigFile;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.signature.KeyFile;
import dev.irqledger.wire.signature.KeyFileException;
import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say where events go. */
final class ClusterOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "ADDR",
      defaultValue = "${env:IRQ_LEDGER_BOOTSTRAP_SERVER:-localhost:9092}",
      description =
          "A Kafka broker, as host:port; several with commas between them (default:"
              + " $IRQ_LEDGER_BOOTSTRAP_SERVER, or else localhost:9092).")
  private String bootstrap;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "" + Topics.DEFAULT_PARTITIONS,
      description =
          "How many partitions the topics get if they are not there yet (default:"
              + " ${DEFAULT-VALUE}). The number is fixed for good.")
  private int partitions;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for a broker (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      converter = KafkaConfigFile.class,
      description =
          "Further settings of Kafka's clients, such as TLS and SASL: a properties file as Kafka's"
              + " own tools take it.")
  private ClientSettings kafka = ClientSettings.NONE;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description =
          "Sign the host's events with this Ed25519 key (PEM, as 'openssl genpkey -algorithm ed25519'"
              + " writes it). 'keys enroll' makes its public half known.")
  private @Nullable Path signingKey;

  /**
   * Signs events on their way to the log, or does not where no key was named; for one agent.
   *
   * @throws ParameterException if the file holds no key that can be used
   */
  EventSigner signer() {
    if (signingKey == null) {
      return EventSigner.none();
    }
    try {
      if (KeyFile.isOpenToOthers(signingKey)) {
        throw wrong(
            signingKey + " can be read by every user, who could sign for this host: chmod go= it");
      }
      return EventSigner.with(KeyFile.signing(signingKey));
    } catch (KeyFileException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  Cluster cluster() {
    if (partitions < 1 || timeoutSeconds < 1) {
      throw wrong("--partitions and --timeout are 1 or more");
    }
    return new Cluster(bootstrap, Duration.ofSeconds(timeoutSeconds), kafka);
  }

  int partitions() {
    return partitions;
  }
}
