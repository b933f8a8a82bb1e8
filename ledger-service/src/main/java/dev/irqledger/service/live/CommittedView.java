package dev.irqledger.service.live;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.Position;
import dev.irqledger.web.Pressure;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what all instances of the service have committed: the devices' states, of which it keeps
 * no vectors, and the hosts' pressure. Small topics, read by a plain consumer.
 */
final class CommittedView implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommittedView.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LiveCluster cluster;
  private final DeviceStateCodec states;
  private final WireCodec<HostPressure> reports;
  private final CommittedRows rows;
  private final Map<String, Pressure> pressure = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread follower;

  private CommittedView(LiveCluster cluster, SchemaCatalog schemas) {
    this.cluster = cluster;
    this.states = new DeviceStateCodec(schemas);
    this.reports = new WireCodec<>(HostPressure.class, schemas);
    this.rows = new CommittedRows(cluster.partitions());
    this.follower = Thread.ofPlatform().name("committed-view").daemon().unstarted(this::follow);
  }

  static CommittedView start(LiveCluster cluster, SchemaCatalog schemas) {
    CommittedView view = new CommittedView(cluster, schemas);
    view.follower.start();
    return view;
  }

  CommittedRows rows() {
    return rows;
  }

  Optional<Pressure> pressure(String host) {
    return Optional.ofNullable(pressure.get(host));
  }

  private void follow() {
    while (closed.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = cluster.consumer()) {
        read(consumer);
      } catch (KafkaException | LookupUnavailable e) {
        // From the beginning again: what is shown stays, and never goes back.
        LOG.warn("what is committed cannot be read now: {}", e.getMessage());
        pause();
      } catch (RuntimeException e) {
        // A fault of ours: without this thread every question would wait in vain.
        LOG.error("what is committed could not be taken in", e);
        pause();
      }
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> devices = cluster.partitions(Topic.DEVICE_STATE.topicName());
    List<TopicPartition> all = new ArrayList<>(devices);
    all.addAll(cluster.partitions(Topic.HOST_PRESSURE.topicName()));
    consumer.assign(all);
    consumer.seekToBeginning(all);
    while (closed.getCount() > 0) {
      consumer.poll(POLL).forEach(this::take);
      for (TopicPartition partition : devices) {
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isPresent() && lag.getAsLong() == 0) {
          rows.show(partition.partition());
        }
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topic.DEVICE_STATE.topicName())) {
      takeState(record);
    } else {
      takePressure(record);
    }
  }

  private void takeState(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      rows.stage(record.partition(), key(record), null);
      return;
    }
    switch (states.decode(record.value())) {
      case Decoded.Value<FoldedState>(FoldedState folded) ->
          rows.stage(record.partition(), folded.state().key(), DeviceRow.of(folded));
      case Decoded.Undecodable<FoldedState>(String reason) -> complain(record, reason);
    }
  }

  private static DeviceKey key(ConsumerRecord<byte[], byte[]> record) {
    return DeviceKey.parse(new String(record.key(), StandardCharsets.UTF_8));
  }

  private void takePressure(ConsumerRecord<byte[], byte[]> record) {
    switch (reports.decode(record.value())) {
      case Decoded.Value<HostPressure>(HostPressure report) ->
          pressure.put(report.getHost(), new Pressure(position(report), report));
      case Decoded.Undecodable<HostPressure>(String reason) -> complain(record, reason);
    }
  }

  private static Position position(HostPressure report) {
    return Position.of(
        new LogPosition(
            report.getPartition(), report.getOffset(), report.getLogTime().toEpochMilli()));
  }

  private static void complain(ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warn(
        "{} partition {} offset {} cannot be read: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        reason);
  }

  private void pause() {
    try {
      var _ = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      var _ = follower.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
