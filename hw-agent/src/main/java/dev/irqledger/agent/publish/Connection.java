package dev.irqledger.agent.publish;

import dev.irqledger.agent.journal.Journal;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the drainer shares with those who ask it: the producer, or why there is none, and the
 * waiting for a change of either. Any thread may use it.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Producer<String, byte[]> producer;
  private @Nullable PublishException failure;
  private boolean stopped;
  private boolean news;
  private boolean ended;

  /** The producer; null while there is no connection. */
  @Nullable Producer<String, byte[]> producer() {
    lock.lock();
    try {
      return producer;
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing gets through; null while all is well, or was not tried yet. */
  @Nullable PublishException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is a connection, or was an attempt to make one. */
  boolean wasTried() {
    lock.lock();
    try {
      return producer != null || failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** What it sends gets through. */
  void established(Producer<String, byte[]> to, Journal journal) {
    lock.lock();
    try {
      if (failure != null) {
        LOG.warn("a broker answers again: {} events are brought to the log", journal.backlog());
      }
      producer = to;
      failure = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing gets through. */
  void failed(PublishException cause) {
    lock.lock();
    try {
      if (failure == null) {
        LOG.warn("{}; events are kept in the journal until then", cause.getMessage());
      }
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the producer, if there is one. */
  void close() {
    lock.lock();
    try {
      if (producer != null) {
        Producer<String, byte[]> closing = producer;
        producer = null;
        closing.close(Duration.ZERO);
      }
    } catch (InterruptException e) {
      LOG.debug("told to stop while the producer was closed, which ends by itself now");
    } finally {
      lock.unlock();
    }
  }

  /** Says that there is something new to send. */
  void wake() {
    lock.lock();
    try {
      news = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is to be sent. */
  void stop(@Nullable Thread sender) {
    lock.lock();
    try {
      stopped = true;
      // within the lock: whoever sees that it is stopped was interrupted before
      if (sender != null) {
        sender.interrupt();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody serves it any longer: who waits for something waits in vain. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until that holds; looks again at each change.
   *
   * @return false if it does not after that time, or nobody serves the connection
   */
  boolean await(BooleanSupplier until, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (!until.getAsBoolean()) {
        if (left <= 0 || ended) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something new, for that long at the most. */
  void awaitNews(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      var _ = await(() -> stopped || news, longest);
      news = false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits that long, whatever there is to send, but not beyond the end. */
  void awaitStop(Duration longest) throws InterruptedException {
    var _ = await(() -> stopped, longest);
  }
}
