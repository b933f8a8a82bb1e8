package dev.irqledger.agent.publish;

import dev.irqledger.agent.publish.PublishException.Kind;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.WireSchema;
import dev.irqledger.wire.topic.AdminSettings;
import dev.irqledger.wire.topic.ClientSettings;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.SchemaPublisher;
import dev.irqledger.wire.topic.TopicLookups;
import dev.irqledger.wire.topic.TopicSchemaSource;
import dev.irqledger.wire.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The Kafka cluster that an agent publishes to.
 *
 * @param bootstrap its brokers, as {@code host:port} with commas between them
 * @param patience how long to wait for an answer before it counts as unreachable
 * @param kafka what the user adds to the settings of Kafka's clients
 */
public record Cluster(String bootstrap, Duration patience, ClientSettings kafka) {
  /** More copies of a record than this are of no further use to most. */
  private static final int MOST_REPLICAS = 3;

  /** What an agent may write; where it may not publish a schema, the service has done so before. */
  private static final List<WireSchema> WRITTEN =
      List.of(WireSchema.INTERRUPT_EVENT, WireSchema.AGENT_STATUS, WireSchema.QUARANTINED);

  /** A cluster that needs no settings beside this project's own. */
  public Cluster(String bootstrap, Duration patience) {
    this(bootstrap, patience, ClientSettings.NONE);
  }

  /** The settings of a consumer without a group. The map may be changed. */
  public Map<String, Object> consumerSettings() {
    return ConsumerSettings.readCommitted(bootstrap, kafka);
  }

  /** What the log's readers look up there. */
  public Lookups lookups() {
    return TopicLookups.of(bootstrap, kafka);
  }

  /** The schemas that are published there. */
  public TopicSchemaSource schemas() {
    return TopicSchemaSource.of(bootstrap, kafka);
  }

  /**
   * Makes sure that the topics are there. Missing ones are created, with a replica on each broker
   * up to three.
   *
   * @param partitions how many partitions the topics of a new cluster get
   * @return how many partitions the topics have
   * @throws PublishException if the cluster does not answer, or has topics that would break the log
   */
  public int ensureTopics(int partitions) {
    return ensureTopics(partitions, _ -> {});
  }

  /**
   * As {@link #ensureTopics(int)}.
   *
   * @param check is told the cluster's id before anything is created
   */
  public int ensureTopics(int partitions, Consumer<String> check) {
    try (Admin admin = Admin.create(AdminSettings.patient(bootstrap, patience, kafka))) {
      DescribeClusterResult described = admin.describeCluster();
      check.accept(described.clusterId().get());
      int brokers = described.nodes().get().size();
      Topics.Ensured topics =
          Topics.ensure(admin, partitions, Math.clamp(brokers, 1, MOST_REPLICAS));
      if (!topics.sound()) {
        throw new PublishException(
            Kind.TOPICS,
            "the topics at "
                + bootstrap
                + " are not set up as the log needs them: "
                + String.join("; ", topics.problems())
                + ": set them right, or name another cluster");
      }
      return topics.partitions();
    } catch (ExecutionException e) {
      throw failure("asking for the topics", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (KafkaException e) {
      throw failure("asking for the topics", e);
    }
  }

  /**
   * A producer that neither loses, repeats nor reorders records, once all schemas it needs are
   * published.
   *
   * @throws PublishException if the cluster does not answer, or refuses the schemas
   */
  public Producer<String, byte[]> producer() {
    Producer<String, byte[]> producer = newProducer();
    try {
      var _ = SchemaPublisher.publishMissing(schemas(), producer, WRITTEN);
      return producer;
    } catch (LookupUnavailable | KafkaException e) {
      producer.close(Duration.ZERO);
      throw failure("publishing the schemas", e);
    }
  }

  private Producer<String, byte[]> newProducer() {
    try {
      Map<String, Object> settings = ProducerSettings.idempotent(bootstrap, kafka);
      // A record that is given up must not be overtaken by one that was already on its way.
      settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
      // The journal keeps what is not acknowledged: there is no reason ever to give up.
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
      return new KafkaProducer<>(settings);
    } catch (KafkaException e) {
      throw failure("connecting", e);
    }
  }

  /** The failure in one line, with what to do about it. */
  public PublishException failure(String doing, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean silent =
        root instanceof TimeoutException
            || root instanceof org.apache.kafka.common.config.ConfigException;
    if (root instanceof AuthorizationException && cause instanceof LookupUnavailable) {
      return new PublishException(
          Kind.REFUSED,
          "a schema that this agent writes with is not in irq.schemas, and it may not put it there:"
              + " first start the ledger service in this version, which does",
          cause);
    }
    return silent
        ? new PublishException(
            Kind.UNREACHABLE,
            "no broker answers at "
                + bootstrap
                + " ("
                + doing
                + "): start Kafka there, or correct --bootstrap-server",
            cause)
        : new PublishException(
            Kind.REFUSED,
            "the broker at " + bootstrap + " refused (" + doing + "): " + oneLine(root),
            cause);
  }

  private static String oneLine(Throwable e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.lines().findFirst().orElse(text);
  }
}
