package dev.irqledger.agent.publish;

import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.journal.Undelivered;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.topic.EventRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the journal's events to the log, in order. A batch is sent, all its acknowledgements are
 * awaited, and only then it leaves the journal. Where one is missing, the producer is closed and
 * the batch sent again by a new one: the fold knows what it has seen. A batch is never of two
 * epochs, since an event of the older one that is sent again must not come after one of the newer.
 */
public final class Drainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Drainer.class);
  private static final int BATCH = 500;

  /** How long to look after new events, or to wait before the next attempt. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The longest wait between two attempts to connect. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  /** Without an acknowledgement for so long the broker counts as away. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final Journal journal;
  private final Log log;
  private final Duration firstPause;
  private final @Nullable Thread thread;
  private final Connection connection = new Connection();
  private Duration patience;

  /** The log as the drainer needs it: a seam for tests. */
  public interface Log {
    /**
     * Connects, once the topics and the schemas are there.
     *
     * @throws PublishException if that cannot be done now
     */
    Producer<String, byte[]> connect();

    /** An event of the journal as it goes to the log. */
    default ProducerRecord<String, byte[]> record(Undelivered event) {
      return EventRecords.of(event.key(), event.value(), EventSigner.none());
    }

    /** A failure in one line, with what to do about it. */
    PublishException failure(String doing, Throwable cause);
  }

  public Drainer(Journal journal, Log log) {
    this(journal, log, PAUSE);
  }

  /**
   * @param pause between the first two attempts to connect; later ones wait longer
   */
  Drainer(Journal journal, Log log, Duration pause) {
    this(journal, log, pause, true);
  }

  private Drainer(Journal journal, Log log, Duration pause, boolean ownThread) {
    this.journal = journal;
    this.log = log;
    this.firstPause = pause;
    this.patience = pause;
    if (ownThread) {
      thread = Thread.ofPlatform().daemon().name("agent-drainer").start(this::drain);
    } else {
      thread = null;
      connection.end(); // nobody is to wait for what no other thread does
    }
  }

  /** One without a thread: a simulation decides when it makes its next {@link #attempt}. */
  public static Drainer stepped(Journal journal, Log log) {
    return new Drainer(journal, log, PAUSE, false);
  }

  /** Says that there is something new in the journal. */
  public void wake() {
    connection.wake();
  }

  /**
   * Waits until the journal is empty.
   *
   * @return false if it is not after that time, or never will be
   */
  public boolean awaitDrained(Duration patience) throws InterruptedException {
    connection.wake();
    return connection.await(() -> journal.backlog() == 0, patience);
  }

  /**
   * Waits for a first connection.
   *
   * @throws PublishException if there is none after one attempt
   */
  public void awaitConnected() throws InterruptedException {
    var _ = connection.await(connection::wasTried, FOR_EVER);
    PublishException failure = connection.failure();
    if (connection.producer() == null && failure != null) {
      throw failure;
    }
  }

  /** Why nothing is brought to the log now; null while all is well, or was not tried yet. */
  public @Nullable PublishException failure() {
    return connection.failure();
  }

  /**
   * Sends a record that the journal does not keep.
   *
   * @return false if it was not acknowledged, and may be another time; what this agent may not
   *     write is told in its own log instead, and that is all
   */
  public boolean sendUnjournalled(ProducerRecord<String, byte[]> sent) {
    Producer<String, byte[]> to = connection.producer();
    if (to == null) {
      return false;
    }
    try {
      var _ = to.send(sent).get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
      return mayNot(sent, e);
    }
  }

  private static boolean mayNot(ProducerRecord<String, byte[]> sent, Exception e) {
    if (e.getCause() instanceof AuthorizationException) {
      LOG.warn("{} may not be written by this agent's user", sent.topic());
      return true;
    }
    LOG.debug("{} was not sent: {}", sent.topic(), e.getMessage());
    return false;
  }

  /** Stops; what the log has not acknowledged stays in the journal. */
  @Override
  public void close() {
    connection.stop(thread);
    try {
      if (thread == null) {
        connection.close();
      } else {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    try {
      while (!connection.isStopped()) {
        step();
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the drainer was told to stop");
    } catch (JournalException e) {
      connection.failed(log.failure("reading the journal", e));
    } finally {
      var _ = Thread.interrupted(); // the thread ends anyway; the producer is to end in peace
      connection.close();
      connection.end();
    }
  }

  private void step() throws InterruptedException {
    Attempt attempt = attempt();
    switch (attempt.found()) {
      case DELIVERED -> {}
      case NOTHING -> connection.awaitNews(attempt.pause());
      case FAILURE -> connection.awaitStop(attempt.pause());
    }
  }

  /** What one attempt to bring events to the log came to. */
  public enum Found {
    DELIVERED,
    /** The journal is empty. */
    NOTHING,
    FAILURE
  }

  /**
   * How an attempt went.
   *
   * @param pause how long to wait before the next one
   */
  public record Attempt(Found found, Duration pause) {}

  /** Connects if need be, and brings one batch to the log. Waits for acknowledgements only. */
  public Attempt attempt() throws InterruptedException {
    try {
      Producer<String, byte[]> to = connection.producer();
      if (to == null) {
        to = log.connect();
        connection.established(to, journal);
      }
      patience = firstPause;
      return deliver(to)
          ? new Attempt(Found.DELIVERED, Duration.ZERO)
          : new Attempt(Found.NOTHING, PAUSE);
    } catch (PublishException e) {
      connection.failed(e);
      connection.close();
      Duration pause = patience;
      patience = longer(patience);
      return new Attempt(Found.FAILURE, pause);
    }
  }

  /** Brings one batch to the log; false if there was none. */
  private boolean deliver(Producer<String, byte[]> to) throws InterruptedException {
    List<Undelivered> batch = journal.undelivered(BATCH);
    if (batch.isEmpty()) {
      return false;
    }
    try {
      List<Future<RecordMetadata>> acks = new ArrayList<>(batch.size());
      for (Undelivered event : batch) {
        acks.add(send(to, event));
      }
      for (Future<RecordMetadata> ack : acks) {
        await(ack);
      }
    } catch (ExecutionException e) {
      throw log.failure("publishing events", e.getCause() == null ? e : e.getCause());
    } catch (InterruptException e) {
      throw e; // it is a KafkaException too
    } catch (KafkaException | IllegalStateException e) {
      throw log.failure("publishing events", e);
    }
    connection.established(to, journal);
    journal.write(new Entry.Delivered(batch.getLast().row()));
    wake();
    return true;
  }

  /** The first that fails ends the producer, from its own thread: none may go out behind it. */
  private Future<RecordMetadata> send(Producer<String, byte[]> to, Undelivered event) {
    return to.send(
        log.record(event),
        (_, e) -> {
          if (e != null) {
            to.close(Duration.ZERO);
          }
        });
  }

  /** The producer waits for ever; whoever asks is told that it does. */
  private void await(Future<RecordMetadata> ack) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        var _ = ack.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (java.util.concurrent.TimeoutException e) {
        connection.failed(
            log.failure(
                "publishing events",
                new TimeoutException("no acknowledgement for " + SILENCE.toSeconds() + " s")));
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
