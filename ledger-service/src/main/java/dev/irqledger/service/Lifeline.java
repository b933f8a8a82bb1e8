package dev.irqledger.service;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.KafkaStreams.StateListener;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the state of Streams, and decides what an exception does that nobody caught: it ends this
 * instance.
 *
 * <p>Another thread in the place of the dead one would not help. Whatever a record holds, reading
 * and folding it throws nothing: so what comes here is a fault of ours, which the next thread meets
 * at the same record, or a cluster that has refused for longer than all retries take. Nor is it
 * cheap: replacing a thread under exactly-once has taken most of a minute in 4.1. An instance that
 * ends hands its work to a standby at once, and is seen by whoever supervises it (KIP-671).
 */
final class Lifeline implements StateListener, StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Lifeline.class);
  private static final Set<State> ENDED = Set.of(State.ERROR, State.NOT_RUNNING);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.CREATED;
  private @Nullable Throwable failure;

  @Override
  public void onChange(State now, State before) {
    lock.lock();
    try {
      state = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable uncaught) {
    LOG.error("this instance ends", uncaught);
    lock.lock();
    try {
      if (failure == null) {
        failure = uncaught;
      }
    } finally {
      lock.unlock();
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  boolean running() {
    lock.lock();
    try {
      return state == State.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ENDED.contains(state);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it runs, or never will again; false where the time was too short for either. */
  boolean awaitRunningOrEnded(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (state != State.RUNNING && !ENDED.contains(state)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void awaitEnded() throws InterruptedException {
    lock.lock();
    try {
      while (!ENDED.contains(state)) {
        changed.await(1, TimeUnit.MINUTES);
      }
    } finally {
      lock.unlock();
    }
  }
}
