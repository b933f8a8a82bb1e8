package dev.irqledger.cli;

import dev.irqledger.launch.KafkaConfigFile;
import dev.irqledger.wire.topic.ClientSettings;
import picocli.CommandLine.Option;

/** The option that says which cluster is meant. */
public final class BrokerOption {
  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT",
      defaultValue = "${env:IRQ_LEDGER_BOOTSTRAP_SERVER:-localhost:9092}",
      description =
          "A Kafka broker, or several with commas (default: $IRQ_LEDGER_BOOTSTRAP_SERVER, or else"
              + " localhost:9092).")
  private String bootstrapServers = "localhost:9092";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      converter = KafkaConfigFile.class,
      description =
          "Further settings of Kafka's clients, such as TLS and SASL: a properties file as Kafka's"
              + " own tools take it.")
  private ClientSettings kafka = ClientSettings.NONE;

  /** What the user adds to the settings of Kafka's clients. */
  public ClientSettings kafka() {
    return kafka;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }
}
