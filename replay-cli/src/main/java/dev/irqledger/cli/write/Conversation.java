package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.topic.EventRecords;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands about one device and waits for their answers. The log of events is followed from
 * where it ended before the first command was sent, so that no answer can be missed.
 */
final class Conversation implements AutoCloseable {
  private final Cluster cluster;
  private final byte[] deviceKey;
  private final TopicReader events;
  private final Producer<String, byte[]> producer;
  private final EventCodec eventCodec;
  private final WireCodec<Command> commandCodec =
      new WireCodec<>(Command.class, SchemaCatalog.releasedOnly());
  private final InstantSource clock;

  /**
   * @throws ReplayException if the cluster does not answer, or lacks the topics
   */
  Conversation(Cluster cluster, DeviceKey device, InstantSource clock) {
    this.cluster = cluster;
    this.deviceKey = device.toString().getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
    this.eventCodec = cluster.lookups().codec();
    this.producer = cluster.producer();
    this.events = new TopicReader(cluster);
    List<TopicPartition> all = events.partitions(Topic.EVENTS);
    TopicPartition own =
        new TopicPartition(
            Topic.EVENTS.topicName(), HostPartitioner.partition(device.host(), all.size()));
    events.follow(own, events.ends(List.of(own)).getOrDefault(own, 0L));
  }

  /**
   * Sends a command, and waits until the brokers have it.
   *
   * @throws ReplayException if they do not acknowledge it
   */
  Request ask(Command command) {
    try {
      RecordMetadata sent =
          producer
              .send(
                  new ProducerRecord<>(
                      Topic.COMMANDS.topicName(), command.getHost(), commandCodec.encode(command)))
              .get();
      return new Request(
          command, new Place(sent.partition(), sent.offset(), sent.timestamp()), null);
    } catch (ExecutionException e) {
      throw new ReplayException(
          ReplayException.Kind.UNREACHABLE,
          "no broker at "
              + cluster.bootstrapServers()
              + " acknowledged command "
              + command.getId()
              + ", but it may be in the log: see 'command ls' before you send it again",
          e);
    } catch (KafkaException e) {
      throw BrokerFailures.of(cluster.bootstrapServers(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Waits for the answer; the request comes back without one if there is none by then. */
  Request await(Request request, Instant until) {
    while (clock.instant().isBefore(until)) {
      for (ConsumerRecord<byte[], byte[]> record : events.poll()) {
        Answer answer = answer(record, request.command().getId());
        if (answer != null) {
          events.backTo(answer.place(), Topic.EVENTS);
          return request.answered(answer);
        }
      }
    }
    return request;
  }

  private @Nullable Answer answer(ConsumerRecord<byte[], byte[]> record, UUID id) {
    return Arrays.equals(deviceKey, record.key())
            && EventRecords.decode(eventCodec, record)
                instanceof Decoded.Value<InterruptEvent>(InterruptEvent event)
            && event.authorship().accepted()
            && id.equals(event.actor().commandId())
        ? new Answer(Place.of(record), event)
        : null;
  }

  @Override
  public void close() {
    events.close();
    producer.close(cluster.patience());
  }
}
