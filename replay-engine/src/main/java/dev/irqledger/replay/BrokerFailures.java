package dev.irqledger.replay;

import dev.irqledger.replay.ReplayException.Kind;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;

/** What went wrong with Kafka, in one line that names the address, the cause and the remedy. */
public final class BrokerFailures {
  private BrokerFailures() {}

  /** Nobody answers at that address. */
  public static ReplayException silent(String bootstrapServers, Throwable cause) {
    return new ReplayException(
        Kind.UNREACHABLE,
        "no broker answers at "
            + bootstrapServers
            + ": check the address and that Kafka runs there",
        cause);
  }

  /** The topic is not on that cluster. */
  public static ReplayException noTopic(String topic, String bootstrapServers) {
    return new ReplayException(
        Kind.NO_TOPIC,
        "topic "
            + topic
            + " is not on "
            + bootstrapServers
            + ": start the ledger service once, which creates it, or check the address");
  }

  /** A client could not be made or used. */
  public static ReplayException of(String bootstrapServers, KafkaException e) {
    return switch (e) {
      case TimeoutException _ -> silent(bootstrapServers, e);
      case OffsetOutOfRangeException _, NoOffsetForPartitionException _ ->
          new ReplayException(
              Kind.LOG_CUT, "the log was cut while it was read: " + e.getMessage(), e);
      default ->
          root(e) instanceof ConfigException cause
              ? address(bootstrapServers, cause, e)
              : new ReplayException(
                  Kind.UNREACHABLE, "Kafka at " + bootstrapServers + " refused: " + withRoot(e), e);
    };
  }

  private static ReplayException address(
      String bootstrapServers, ConfigException cause, KafkaException e) {
    String why = String.valueOf(cause.getMessage());
    return why.contains("Invalid url") || bootstrapServers.isBlank()
        ? new ReplayException(
            Kind.WRONG_USE,
            "'" + bootstrapServers + "' is no address of a broker: write HOST:PORT",
            e)
        : new ReplayException(
            Kind.UNREACHABLE,
            "no broker can be addressed at '"
                + bootstrapServers
                + "': check the host's name ("
                + why
                + ")",
            e);
  }

  /** Of a handshake that failed, what Kafka says of it names no reason. */
  private static String withRoot(KafkaException e) {
    String said = String.valueOf(e.getMessage());
    return e.getCause() == null ? said : said + " (" + root(e).getMessage() + ")";
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
