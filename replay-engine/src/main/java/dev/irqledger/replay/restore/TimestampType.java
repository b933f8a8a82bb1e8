package dev.irqledger.replay.restore;

import dev.irqledger.wire.topic.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/** Whose time the records of {@code irq.events} carry. */
enum TimestampType {
  /** The producer's, which restores the log times of an archive. */
  PRODUCER("CreateTime"),
  /** The broker's: as the log needs it. */
  BROKER(Topic.EVENTS.settings().getOrDefault(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "none"));

  private static final ConfigResource EVENTS =
      new ConfigResource(ConfigResource.Type.TOPIC, Topic.EVENTS.topicName());

  private final String setting;

  TimestampType(String setting) {
    this.setting = setting;
  }

  /**
   * Sets it. A broker that appends a moment later may not know it yet.
   *
   * @throws KafkaException if the cluster does not answer, or refuses
   */
  void set(Admin admin) {
    ConfigEntry entry = new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, setting);
    Collection<AlterConfigOp> change = List.of(new AlterConfigOp(entry, OpType.SET));
    try {
      admin.incrementalAlterConfigs(Map.of(EVENTS, change)).all().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
