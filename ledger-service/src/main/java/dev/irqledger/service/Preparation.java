package dev.irqledger.service;

import dev.irqledger.core.policy.Policies;
import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.topic.AdminSettings;
import dev.irqledger.wire.topic.PolicyFollower;
import dev.irqledger.wire.topic.ProducerSettings;
import dev.irqledger.wire.topic.SchemaPublisher;
import dev.irqledger.wire.topic.TopicSchemaSource;
import dev.irqledger.wire.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a cluster to the point where the topology can run on it. */
final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  /** More copies of a record than this are of no further use to most. */
  private static final int MOST_REPLICAS = 3;

  private final ServiceSettings settings;
  private final ClusterFailure failures;

  Preparation(ServiceSettings settings) {
    this.settings = settings;
    this.failures = new ClusterFailure(settings.bootstrapServers());
  }

  /**
   * Makes sure that the topics are there.
   *
   * @return how many replicas new topics get
   * @throws ServiceException if the cluster does not answer, or has topics that are no good
   */
  int topics() {
    try (Admin admin = Admin.create(adminSettings(settings))) {
      int brokers = admin.describeCluster().nodes().get().size();
      int replicas = settings.replicationFactor().orElse(Math.clamp(brokers, 1, MOST_REPLICAS));
      report(ensure(admin, replicas, brokers));
      return replicas;
    } catch (ExecutionException e) {
      throw failures.of("asking for the topics", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (KafkaException e) {
      throw failures.of("asking for the topics", e);
    }
  }

  /** Topics that are there need no broker more: one may be away while a service starts. */
  private Topics.Ensured ensure(Admin admin, int replicas, int brokers) {
    try {
      return Topics.ensure(admin, settings.partitions(), replicas);
    } catch (InvalidReplicationFactorException e) {
      throw new ServiceException(
          Kind.TOPICS,
          "%d replicas need as many brokers, and there are %d: choose a smaller"
                  .formatted(replicas, brokers)
              + " --replication-factor",
          e);
    }
  }

  private void report(Topics.Ensured topics) {
    if (!topics.sound()) {
      throw new ServiceException(
          Kind.TOPICS,
          "the topics at "
              + settings.bootstrapServers()
              + " are not set up as the service needs them: "
              + String.join("; ", topics.problems())
              + ": set them right with kafka-configs.sh, or name another cluster");
    }
    if (!topics.created().isEmpty()) {
      LOG.info("created {} with {} partitions", topics.created(), topics.partitions());
    }
  }

  /**
   * Publishes the schemas of what the service writes.
   *
   * @throws ServiceException if the cluster does not answer, or refuses
   */
  void schemas() {
    Map<String, Object> producing =
        new HashMap<>(ProducerSettings.idempotent(settings.bootstrapServers(), settings.kafka()));
    producing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.patience().toMillis());
    Producer<String, byte[]> producer = new KafkaProducer<>(producing);
    try {
      List<?> published =
          SchemaPublisher.publishMissing(
              TopicSchemaSource.of(settings.bootstrapServers(), settings.kafka()), producer);
      LOG.info("published {} schemas", published.size());
    } catch (LookupUnavailable | KafkaException e) {
      throw failures.of("publishing the schemas", e);
    } finally {
      producer.close(Duration.ofSeconds(1));
    }
  }

  /**
   * Reads the policies, and follows them from then on.
   *
   * @return to be closed by the caller
   * @throws ServiceException if they cannot be read now: by none at all, breaches that last would
   *     end, and be found a second time when the policies come
   */
  PolicyFollower policies() {
    PolicyFollower follower =
        PolicyFollower.of(
                settings.bootstrapServers(), settings.kafka(), _ -> true, Policies.NONE, _ -> {})
            .start();
    try {
      if (follower.awaitRead(settings.patience())) {
        return follower;
      }
    } catch (InterruptedException e) {
      follower.close();
      throw new InterruptException(e);
    }
    follower.close();
    throw failures.of("reading the policies", new TimeoutException("not read in time"));
  }

  static Map<String, Object> adminSettings(ServiceSettings settings) {
    return AdminSettings.patient(
        settings.bootstrapServers(), settings.patience(), settings.kafka());
  }
}
