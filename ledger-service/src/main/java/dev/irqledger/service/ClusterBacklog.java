package dev.irqledger.service;

import dev.irqledger.service.topology.Backlog;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the log, as the brokers tell it: from what the service has committed to the end as
 * the service may read it.
 */
final class ClusterBacklog implements Backlog, AutoCloseable {
  private final Admin admin;
  private final String group;

  /**
   * @param admin closed with this
   * @param group the service's
   */
  ClusterBacklog(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /** Of the service with those settings. */
  static ClusterBacklog of(ServiceSettings settings) {
    return new ClusterBacklog(
        Admin.create(Preparation.adminSettings(settings)), settings.applicationId());
  }

  @Override
  public CompletionStage<Boolean> folded(int number) {
    TopicPartition partition = new TopicPartition(Topic.EVENTS.topicName(), number);
    return end(partition)
        .thenCompose(end -> committed(partition).thenApply(committed -> committed >= end));
  }

  private CompletionStage<Long> end(TopicPartition partition) {
    return admin
        .listOffsets(
            Map.of(partition, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(partition)
        .toCompletionStage()
        .thenApply(end -> end.offset());
  }

  /** 0 where nothing was committed: an empty log has nothing that waits. */
  private CompletionStage<Long> committed(TopicPartition partition) {
    ListConsumerGroupOffsetsSpec spec =
        new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
    return admin
        .listConsumerGroupOffsets(Map.of(group, spec))
        .partitionsToOffsetAndMetadata(group)
        .toCompletionStage()
        .thenApply(offsets -> offset(offsets.get(partition)));
  }

  private static long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
