package dev.irqledger.service.metrics;

import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this instance is behind the log, in its own partitions: from what it has committed to the
 * log's end as the broker tells it now. (The clients' own figures stand still while they do not
 * read.)
 */
final class FoldingLag {
  private static final Logger LOG = LoggerFactory.getLogger(FoldingLag.class);

  /** Prometheus itself waits for ten seconds by default. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final KafkaStreams streams;
  private final Admin admin;
  private final Traffic traffic;
  private final InstantSource clock;
  private final long startedMs;

  FoldingLag(KafkaStreams streams, Admin admin, Traffic traffic, InstantSource clock) {
    this.streams = streams;
    this.admin = admin;
    this.traffic = traffic;
    this.clock = clock;
    this.startedMs = clock.millis();
  }

  /**
   * The distance.
   *
   * @param events how many are not folded and committed; not a number where nobody can tell
   * @param seconds how old the latest event is that was taken from the partition that is furthest
   *     behind, 0 where none is; not a number where nobody can tell
   */
  record Distance(double events, double seconds) {
    static final Distance UNKNOWN = new Distance(Double.NaN, Double.NaN);
  }

  Distance measure() throws InterruptedException {
    Map<TopicPartition, Long> committed = committed();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    try {
      return distance(
          committed,
          admin.listOffsets(latest).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn("the end of the log could not be asked for: {}", e.toString());
      return Distance.UNKNOWN;
    }
  }

  private Distance distance(
      Map<TopicPartition, Long> committed, Map<TopicPartition, ListOffsetsResultInfo> ends) {
    long now = clock.millis();
    long events = 0;
    long oldestMs = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
      long waiting = end.getValue().offset() - committed.getOrDefault(end.getKey(), 0L);
      if (waiting > 0) {
        events += waiting;
        oldestMs = Math.max(oldestMs, now - traffic.latestTakenMs(end.getKey()).orElse(startedMs));
      }
    }
    return new Distance(events, oldestMs / 1000.0);
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    streams
        .metadataForLocalThreads()
        .forEach(thread ->
            thread
                .activeTasks()
                .forEach(task ->
                    task.committedOffsets()
                        .forEach((partition, offset) -> {
                          if (partition.topic().equals(Topic.EVENTS.topicName())) {
                            committed.put(partition, Math.max(0, offset));
                          }
                        })));
    return committed;
  }
}
