package dev.irqledger.agent.command;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.EventPublisher;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SchemasUnavailable;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.topic.ConsumerSettings;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.TopicSchemaSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out requests from {@code irq.commands}. Each is answered by the event, or the refusal,
 * whose actor names its id; a refused one touches no device. One thread at a time may use it, but
 * any may stop it.
 *
 * <p>It goes on where its host's group committed, or at the end of the topic the first time, and
 * commits once the answer is acknowledged. Ids are remembered in memory: a request that comes again
 * to the same agent is passed over, while one that was carried out just before the agent died, and
 * not yet committed, is carried out again by the next. A journal on disk, with each intent written
 * before the call, is what will close that gap.
 */
public final class CommandLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final WireCodec<Command> codec;
  private final Agent agent;
  private final EventPublisher publisher;
  private final InstantSource clock;
  private final CommandCheck check;
  private final HandledIds handled = new HandledIds();
  private volatile boolean stopped;

  /**
   * @param consumer with a group of its own for the host, committing nothing by itself; closed with
   *     this
   * @param partition the host's partition of the topic
   * @param schemas what requests may be written with
   * @param clock the host's clock
   */
  public CommandLoop(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      SchemaCatalog schemas,
      Agent agent,
      EventPublisher publisher,
      InstantSource clock) {
    this.consumer = consumer;
    this.partition = partition;
    this.codec = new WireCodec<>(Command.class, schemas);
    this.agent = agent;
    this.publisher = publisher;
    this.clock = clock;
    this.check = new CommandCheck(agent.self(), agent.devices());
  }

  /**
   * A loop over the requests to the agent's host.
   *
   * @param partitions how many partitions the topics have
   */
  public static CommandLoop connect(
      Cluster cluster, int partitions, Agent agent, EventPublisher publisher, InstantSource clock) {
    String host = agent.self().host();
    Map<String, Object> settings = ConsumerSettings.readCommitted(cluster.bootstrap());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "irq-ledger-agent-" + host);
    return new CommandLoop(
        new KafkaConsumer<>(settings),
        new TopicPartition(Topic.COMMANDS.topicName(), HostPartitioner.partition(host, partitions)),
        new SchemaCatalog(TopicSchemaSource.of(cluster.bootstrap())),
        agent,
        publisher,
        clock);
  }

  /** Takes its place in the topic. From here on no request is missed. */
  public void start() {
    consumer.assign(List.of(partition));
    long beginning = offset(consumer.beginningOffsets(List.of(partition)));
    long end = offset(consumer.endOffsets(List.of(partition)));
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    long from = end;
    if (committed != null && committed.offset() <= end) {
      // what lay between a commit and the topic's beginning expired long ago
      from = Math.max(committed.offset(), beginning);
    }
    consumer.seek(partition, from);
    commit(from);
  }

  /** Takes requests until it is stopped. */
  public void run() {
    while (!stopped) {
      poll(POLL);
    }
  }

  /** Lets {@link #run} return after the request that it is dealing with. */
  public void stop() {
    stopped = true;
  }

  /**
   * Deals with the requests that are there.
   *
   * @param wait how long to wait for the first
   * @throws dev.irqledger.agent.publish.PublishException if an answer cannot be brought to the log
   */
  public void poll(Duration wait) {
    for (ConsumerRecord<byte[], byte[]> request : consumer.poll(wait).records(partition)) {
      try {
        handle(request);
      } catch (SchemasUnavailable e) {
        LOG.warn("request at offset {}: {}; trying again", request.offset(), e.getMessage());
        consumer.seek(partition, request.offset());
        return;
      }
      publisher.flush();
      commit(request.offset() + 1);
      if (stopped) {
        return;
      }
    }
  }

  /** Closes the consumer. */
  @Override
  public void close() {
    consumer.close();
  }

  private void handle(ConsumerRecord<byte[], byte[]> request) {
    switch (codec.decode(request.value())) {
      case Decoded.Undecodable<Command>(String reason) -> publisher.quarantine(request, reason);
      case Decoded.Value<Command>(Command command) -> handle(request, command);
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> request, Command command) {
    Instant now = clock.instant();
    Verdict verdict = check.judge(command, now);
    if (verdict instanceof Verdict.NotForThisHost) {
      return;
    }
    if (!handled.add(command.getId(), command.getExpiresAt(), now)) {
      LOG.info("request {} came again and is passed over", command.getId());
      return;
    }
    switch (verdict) {
      case Verdict.Accepted(var device, var op) -> {
        var _ = agent.answer(command.getId(), device, op);
      }
      case Verdict.Refused(var device, String reason) -> {
        var _ = agent.refuse(command.getId(), device, reason);
      }
      case Verdict.Unanswerable(String reason) -> publisher.quarantine(request, reason);
      case Verdict.NotForThisHost() -> {}
    }
  }

  private void commit(long offset) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
  }

  private long offset(Map<TopicPartition, Long> offsets) {
    return offsets.getOrDefault(partition, 0L);
  }
}
