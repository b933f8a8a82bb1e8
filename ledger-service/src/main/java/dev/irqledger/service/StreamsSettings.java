package dev.irqledger.service;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * The settings of Kafka Streams, with the reason for each. Public so that another topology can be
 * measured, and a simulation be run, under the same ones.
 */
public final class StreamsSettings {
  /**
   * A copy that lags by no more changes than this may take over; restoring so many takes a fraction
   * of a second (KIP-441).
   */
  static final long ACCEPTABLE_LAG = 10_000;

  private StreamsSettings() {}

  /**
   * The settings of a service.
   *
   * @param replicationFactor how many replicas the changelogs have
   */
  public static Map<String, Object> of(ServiceSettings service, int replicationFactor) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, service.bootstrapServers());
    // Names the group, the transactions and the changelogs: another id folds all history anew.
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, service.applicationId());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, service.threads());
    // So that each instance knows which one to ask for a host (KIP-67).
    service
        .applicationServer()
        .ifPresent(at -> settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, at));
    exactlyOnce(settings, service);
    state(settings, service, replicationFactor);
    group(settings);
    failures(settings);
    producer(settings);
    // Names of clients and hosts are nobody else's business (KIP-1076 sends them by default).
    settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    service.kafka().addToStreams(settings);
    return settings;
  }

  private static void exactlyOnce(Map<String, Object> settings, ServiceSettings service) {
    // States, findings and positions in the log are committed together or not at all (KIP-447).
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // Readers see results after a commit: so this is most of the delay from event to result.
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, service.pace().commit().toMillis());
    // The two sources need no common order, so neither waits for the other (KIP-695).
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
  }

  private static void state(
      Map<String, Object> settings, ServiceSettings service, int replicationFactor) {
    // Not the default, a temporary folder: what a restart finds there it need not restore.
    settings.put(StreamsConfig.STATE_DIR_CONFIG, service.stateDir().toAbsolutePath().toString());
    // The default is none. After a crash, exactly-once discards the local state and restores it:
    // meanwhile a standby goes on (KIP-441).
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, service.standbyReplicas());
    settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ACCEPTABLE_LAG);
    // Of the changelogs: they deserve what the log's own topics have.
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    // RocksDB's memory is off the heap and by default unbounded in the number of stores.
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    settings.put(BoundedRocksDb.MEMORY_BYTES, service.storeMemoryBytes());
    // Of the stores that are not written behind: changes of a key between two commits are written
    // once; shared by all threads (KIP-770).
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32L << 20);
    // Nothing is called by a number that shifts when the topology changes (KIP-1111).
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // The topology is written as it is to run.
    settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
  }

  private static void group(Map<String, Object> settings) {
    // The streams protocol (KIP-1071) wants a new group, and so all history folded anew, for every
    // change of the topology.
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // A dead instance is noticed in 10 s instead of 45 s (the default since KIP-735).
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    // With the answer to a heartbeat an instance hears that another one leaves or comes: so long a
    // host may have no owner, beside the time that the work takes to move (3 s is the default).
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500);
    // An instance whose thread is stuck, such as on a disk that does not answer, heartbeats on: its
    // hosts go to another one after two minutes instead of five. A commit that finds no broker, the
    // longest wait that is none, takes one.
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), 120_000);
  }

  private static void failures(Map<String, Object> settings) {
    // Sources deliver bytes, which cannot fail to deserialize: what is wrong with them is found
    // inside the topology. If these handlers are ever asked, it is about a fault of ours, and to
    // drop an event would falsify history (KIP-161, KIP-1033).
    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailExceptionHandler.class);
    settings.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);
  }

  private static void producer(Map<String, Object> settings) {
    // As every producer of this project: states and findings repeat the same names.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
    // The default 3 costs the folding thread nearly twice the time, for a sixth less bytes of large
    // states (KIP-390).
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG), 1);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
  }
}
