package dev.irqledger.cli;

import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.Topics;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** How topics are created that are missing. */
public final class TopicOptions {
  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "" + Topics.DEFAULT_PARTITIONS,
      description =
          "For a new cluster: how many partitions the topics get, for good (default:"
              + " ${DEFAULT-VALUE}).")
  private int partitions = Topics.DEFAULT_PARTITIONS;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "For missing topics: how many replicas (default: ${DEFAULT-VALUE}).")
  private int replicationFactor = 1;

  /**
   * Creates missing topics, and tells of what is other than it should be.
   *
   * @throws ReplayException if no broker answers
   */
  public void ensure(Cluster cluster, PrintWriter err) {
    if (partitions < 1 || replicationFactor < 1) {
      throw new ReplayException(
          Kind.WRONG_USE, "--partitions and --replication-factor are 1 or more");
    }
    try (Admin admin = cluster.admin()) {
      Topics.Ensured ensured = Topics.ensure(admin, partitions, replicationFactor);
      if (!ensured.created().isEmpty()) {
        err.println(
            "irq-ledger: created "
                + ensured.created().stream().map(Topic::topicName).collect(Collectors.joining(", "))
                + " (for hosts: "
                + ensured.partitions()
                + " partitions)");
      }
      if (!ensured.consistent()) {
        throw new ReplayException(
            Kind.NO_TOPIC,
            String.join("; ", ensured.problems())
                + ": a host needs the same partition in every topic; name another cluster, or make"
                + " the topics anew");
      }
      ensured.problems().forEach(problem -> err.println("irq-ledger: warning: " + problem));
    } catch (KafkaException e) {
      throw BrokerFailures.silent(cluster.bootstrapServers(), e);
    }
  }
}
