package dev.irqledger.agent.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A log in memory whose broker is away, refuses, or loses acknowledgements, as a test says. */
final class FlakyLog implements Drainer.Log {
  /** What becomes of a record that is sent. */
  enum Fate {
    ACKNOWLEDGED,
    /** It is in the log, and its sender is told that it is not. */
    ACKNOWLEDGEMENT_LOST,
    REFUSED
  }

  private final List<byte[]> records = new ArrayList<>();
  private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failingConnects = new AtomicInteger();
  private final AtomicInteger connects = new AtomicInteger();

  /** The next records sent have these fates; those behind them are acknowledged. */
  void next(List<Fate> further) {
    fates.addAll(further);
  }

  /** The next attempts to connect fail. */
  void awayFor(int attempts) {
    failingConnects.set(attempts);
  }

  int connects() {
    return connects.get();
  }

  /** What is in the log, in order. */
  synchronized List<byte[]> records() {
    return List.copyOf(records);
  }

  private synchronized void append(byte[] value) {
    records.add(value);
  }

  @Override
  public Producer<String, byte[]> connect() {
    connects.incrementAndGet();
    if (failingConnects.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new PublishException(PublishException.Kind.UNREACHABLE, "no broker answers");
    }
    return new Flaky();
  }

  @Override
  public PublishException failure(String doing, Throwable cause) {
    return new PublishException(
        PublishException.Kind.REFUSED, doing + ": " + cause.getMessage(), cause);
  }

  private final class Flaky extends MockProducer<String, byte[]> {
    Flaky() {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, byte[]> sent, Callback callback) {
      if (closed()) {
        throw new IllegalStateException("closed");
      }
      Fate fate = fates.poll();
      if (fate != Fate.REFUSED) {
        append(sent.value());
      }
      if (fate == null || fate == Fate.ACKNOWLEDGED) {
        return super.send(sent, callback);
      }
      NotEnoughReplicasException e = new NotEnoughReplicasException("1 of 2 replicas");
      callback.onCompletion(null, e);
      return CompletableFuture.failedFuture(e);
    }
  }
}
