package dev.irqledger.cli;

import picocli.CommandLine.Option;

/** The option that says which cluster is meant. */
public final class BrokerOption {
  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "A Kafka broker, or several with commas (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers = "localhost:9092";

  public String bootstrapServers() {
    return bootstrapServers;
  }
}
