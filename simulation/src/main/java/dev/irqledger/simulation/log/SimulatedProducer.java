package dev.irqledger.simulation.log;

import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.Life;
import dev.irqledger.simulation.fate.Life.Place;
import dev.irqledger.simulation.fate.VirtualTime;
import dev.irqledger.wire.topic.HostPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer with one request in flight that never gives up by itself: as the agent
 * configures the real one. A request that goes unanswered is sent again, and the broker knows it by
 * its sequence; an error for good fails whatever is still to be acknowledged.
 */
public final class SimulatedProducer extends MockProducer<String, byte[]> {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ROUND_TRIP = Duration.ofMillis(2);
  private static final Duration RETRY = Duration.ofMillis(700);

  private final SimulatedLog log;
  private final Life life;
  private final Fate fate;
  private final VirtualTime time;
  private final Runnable meanwhile;
  private final long id;
  private final Deque<Sent> accumulated = new ArrayDeque<>();
  private @Nullable Request inFlight;
  private long numbered;
  private boolean closed;

  /**
   * @param life of the process that it is in
   * @param meanwhile lets others go on while somebody waits for an acknowledgement
   */
  public SimulatedProducer(
      SimulatedLog log, Life life, Fate fate, VirtualTime time, Runnable meanwhile) {
    super(true, null, new StringSerializer(), new ByteArraySerializer());
    this.log = log;
    this.life = life;
    this.fate = fate;
    this.time = time;
    this.meanwhile = meanwhile;
    this.id = log.newProducer();
  }

  /** Records that go to the broker together. */
  private record Request(long first, int partition, List<Sent> records) {
    List<SimulatedLog.KeyedValue> values() {
      return records.stream().map(sent -> sent.bytes).toList();
    }
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<String, byte[]> record, Callback callback) {
    life.touch(Place.SEND);
    if (closed) {
      throw new IllegalStateException("Cannot perform operation after producer has been closed");
    }
    byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
    Sent sent =
        new Sent(
            new SimulatedLog.KeyedValue(key, record.value()),
            HostPartitioner.partition(key, log.partitions()),
            record.topic(),
            callback);
    accumulated.add(sent);
    return sent;
  }

  /** What is in flight may arrive still; what was not sent never will. */
  @Override
  public void close(Duration timeout) {
    if (closed) {
      return;
    }
    closed = true;
    abandon();
    List<Sent> left = new ArrayList<>(accumulated);
    accumulated.clear();
    left.forEach(sent -> sent.fail(new KafkaException("Producer is closed forcefully.")));
  }

  @Override
  public boolean closed() {
    return closed;
  }

  /** The process is gone, or the producer closed: its request in flight is nobody's any more. */
  public void abandon() {
    Request request = inFlight;
    inFlight = null;
    if (request == null) {
      return;
    }
    if (fate.strikes(Fault.REQUEST_LANDS_LATE, 2)) {
      log.straggles(() -> log.append(id, request.first, request.partition, request.values()));
    }
    request.records.forEach(
        sent -> sent.fail(new KafkaException("Producer is closed forcefully.")));
  }

  /** What the network does next with the request in flight. */
  private void step() {
    Request request = inFlight;
    if (request == null) {
      inFlight = request = next();
    }
    if (log.away(request.partition)) {
      time.pass(RETRY);
    } else if (fate.strikes(Fault.REQUEST_LOST, 25)) {
      fate.count(Fault.REQUEST_LOST);
      time.pass(REQUEST_TIMEOUT);
    } else if (fate.strikes(Fault.REQUEST_REFUSED, 80)) {
      fate.count(Fault.REQUEST_REFUSED);
      failAll(request);
    } else {
      log.append(id, request.first, request.partition, request.values());
      answer(request);
    }
  }

  private void answer(Request request) {
    time.pass(ROUND_TRIP);
    if (fate.strikes(Fault.ACK_LOST, 25)) {
      fate.count(Fault.ACK_LOST);
      time.pass(REQUEST_TIMEOUT); // then it is sent again
    } else if (fate.strikes(Fault.ACK_LOST_FOR_GOOD, 40)) {
      fate.count(Fault.ACK_LOST_FOR_GOOD);
      failAll(request);
    } else {
      if (fate.strikes(Fault.ACK_LATE, 40)) {
        fate.count(Fault.ACK_LATE);
        time.pass(Duration.ofSeconds(10 + fate.chance().below(50)));
      }
      inFlight = null;
      request.records.forEach(Sent::succeed);
    }
  }

  private void failAll(Request request) {
    inFlight = null;
    OutOfOrderSequenceException e = new OutOfOrderSequenceException("the broker says so");
    request.records.forEach(sent -> sent.fail(e));
  }

  /** As many of the records that wait as chance has it, of one partition: a batch. */
  private Request next() {
    int most = 1 + fate.chance().below(8);
    List<Sent> records = new ArrayList<>();
    Sent head = accumulated.element();
    while (records.size() < most
        && !accumulated.isEmpty()
        && accumulated.element().partition == head.partition) {
      records.add(accumulated.remove());
    }
    Request request = new Request(numbered, head.partition, records);
    numbered += records.size();
    return request;
  }

  /** A record on its way, and its acknowledgement. */
  private final class Sent implements Future<RecordMetadata> {
    private final SimulatedLog.KeyedValue bytes;
    private final int partition;
    private final String topic;
    private final @Nullable Callback callback;
    private boolean done;
    private @Nullable KafkaException failure;

    Sent(SimulatedLog.KeyedValue bytes, int partition, String topic, @Nullable Callback callback) {
      this.bytes = bytes;
      this.partition = partition;
      this.topic = topic;
      this.callback = callback;
    }

    void succeed() {
      done = true;
      if (callback != null && !life.dead()) {
        callback.onCompletion(metadata(), null);
      }
    }

    void fail(KafkaException e) {
      if (done) {
        return;
      }
      done = true;
      failure = e;
      if (callback != null && !life.dead()) {
        callback.onCompletion(null, e);
      }
    }

    private RecordMetadata metadata() {
      return new RecordMetadata(new TopicPartition(topic, partition), 0, 0, 0, 0, 0);
    }

    @Override
    public boolean cancel(boolean interrupt) {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isDone() {
      return done;
    }

    @Override
    public RecordMetadata get() {
      throw new UnsupportedOperationException("nobody waits without a limit");
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit)
        throws ExecutionException, TimeoutException {
      long until = time.nanos() + unit.toNanos(timeout);
      while (!done) {
        life.touch(Place.AWAITING);
        if (time.nanos() >= until) {
          throw new TimeoutException();
        }
        step();
        meanwhile.run();
      }
      life.touch(Place.ACKNOWLEDGED);
      if (failure != null) {
        throw new ExecutionException(failure);
      }
      return metadata();
    }
  }
}
