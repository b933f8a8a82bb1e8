package dev.irqledger.agent.command;

import dev.irqledger.agent.Agent;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.topic.AccessRole;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out requests from {@code irq.commands}. Each is answered by the event, or the refusal,
 * whose actor names its id; a refused one touches no device. One thread at a time may use it, but
 * any may stop it.
 *
 * <p>It goes on where its host's group committed, or at the end of the topic the first time, and
 * commits once the journal has the answer. The journal also knows which requests were taken, so
 * that none is carried out twice: neither when it comes again, nor after a crash.
 */
public final class CommandLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final Duration POLL = Duration.ofMillis(250);

  /** Between two attempts at a request that cannot be dealt with now, as while the disk is full. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final WireCodec<Command> codec;
  private final Agent agent;
  private final TakenCommands taken;
  private final SetAside setAside;
  private final InstantSource clock;
  private final CommandCheck check;
  private boolean placed;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Which requests were dealt with, in this life of the agent or an earlier one. */
  @FunctionalInterface
  public interface TakenCommands {
    boolean contains(UUID id);
  }

  /** Where a record goes that nobody can make sense of. */
  @FunctionalInterface
  public interface SetAside {
    /**
     * @return false if it could not be brought there now
     */
    boolean accept(ConsumerRecord<byte[], byte[]> bad, String reason);
  }

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
      TakenCommands taken,
      SetAside setAside,
      InstantSource clock) {
    this.consumer = consumer;
    this.partition = partition;
    this.codec = new WireCodec<>(Command.class, schemas);
    this.agent = agent;
    this.taken = taken;
    this.setAside = setAside;
    this.clock = clock;
    this.check = new CommandCheck(agent.self(), agent::devices);
  }

  /**
   * A loop over the requests to the agent's host.
   *
   * @param partitions how many partitions the topics have
   */
  public static CommandLoop connect(
      Cluster cluster,
      int partitions,
      Agent agent,
      TakenCommands taken,
      SetAside setAside,
      InstantSource clock) {
    String host = agent.self().host();
    Map<String, Object> settings = cluster.consumerSettings();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, AccessRole.agentGroup(host));
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(cluster.patience().toMillis()));
    return new CommandLoop(
        new KafkaConsumer<>(settings),
        new TopicPartition(Topic.COMMANDS.topicName(), HostPartitioner.partition(host, partitions)),
        new SchemaCatalog(cluster.schemas()),
        agent,
        taken,
        setAside,
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
    placed = true;
  }

  /**
   * Takes requests until it is stopped. While no broker answers it waits for one.
   *
   * @throws dev.irqledger.agent.journal.JournalException if the journal takes nothing further
   */
  public void run() {
    boolean away = false;
    while (!isStopped()) {
      try {
        if (!placed) {
          start();
        }
        if (!poll(POLL)) {
          pause();
        }
        away = false;
      } catch (RetriableException e) {
        away = told(away, e);
      } catch (AuthorizationException | AuthenticationException e) {
        away = told(away, e); // rights are given and taken while an agent runs
        pause();
      }
    }
  }

  private static boolean told(boolean away, KafkaException e) {
    if (!away) {
      LOG.warn("requests cannot be read now, trying again: {}", e.getMessage());
    }
    return true;
  }

  /** Lets {@link #run} return after the request that it is dealing with. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Deals with the requests that are there. Whatever ends it early, the next time begins with the
   * first that was not dealt with.
   *
   * @param wait how long to wait for the first
   * @return false where one has to be tried again later
   * @throws dev.irqledger.agent.journal.JournalException if the journal takes nothing further
   */
  public boolean poll(Duration wait) {
    List<ConsumerRecord<byte[], byte[]>> requests = consumer.poll(wait).records(partition);
    int done = 0;
    try {
      while (done < requests.size() && (done == 0 || !isStopped())) {
        ConsumerRecord<byte[], byte[]> request = requests.get(done);
        if (!dealtWith(request)) {
          return false;
        }
        commit(request.offset() + 1);
        done++;
      }
      return true;
    } finally {
      if (done < requests.size()) {
        consumer.seek(partition, requests.get(done).offset());
      }
    }
  }

  /** Closes the consumer. */
  @Override
  public void close() {
    consumer.close();
  }

  /** False where it must be tried again later. */
  private boolean dealtWith(ConsumerRecord<byte[], byte[]> request) {
    try {
      return switch (codec.decode(request.value())) {
        case Decoded.Undecodable<Command>(String reason) -> setAside.accept(request, reason);
        case Decoded.Value<Command>(Command command) -> dealtWith(request, command);
      };
    } catch (LookupUnavailable e) {
      LOG.warn("request at offset {}: {}; trying again", request.offset(), e.getMessage());
      return false;
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.FULL) {
        throw e;
      }
      LOG.warn("request at offset {} waits: {}", request.offset(), e.getMessage());
      return false;
    }
  }

  private boolean dealtWith(ConsumerRecord<byte[], byte[]> request, Command command) {
    Verdict verdict = check.judge(command, clock.instant());
    if (verdict instanceof Verdict.NotForThisHost) {
      return true;
    }
    if (taken.contains(command.getId())) {
      LOG.info("request {} came again and is passed over", command.getId());
      return true;
    }
    switch (verdict) {
      case Verdict.Accepted(var device, var op) -> {
        var _ =
            agent.answer(command.getId(), command.getExpiresAt(), expected(command), device, op);
      }
      case Verdict.Refused(var device, String reason) -> {
        var _ = agent.refuse(command.getId(), command.getExpiresAt(), device, reason);
      }
      case Verdict.Unanswerable(String reason) -> {
        return setAside.accept(request, reason);
      }
      case Verdict.NotForThisHost() -> {}
    }
    return true;
  }

  private static OptionalLong expected(Command command) {
    Long sequence = command.getExpectedSequence();
    return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void pause() {
    try {
      var _ = stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void commit(long offset) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
  }

  private long offset(Map<TopicPartition, Long> offsets) {
    return offsets.getOrDefault(partition, 0L);
  }
}
