package dev.irqledger.agent.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Sync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainerEndTest {
  @TempDir Path folder;

  /** Whether its thread was interrupted, at each close of the producer. */
  private final List<Boolean> interrupted = new CopyOnWriteArrayList<>();

  @Test
  void told_to_stop_at_any_moment_it_closes_the_producer_in_peace() throws Exception {
    int times = 50;
    try (Journal journal = Journal.open(folder.resolve("host"), "host", Sync.OFF)) {
      for (int i = 0; i < times; i++) {
        try (Drainer drainer = new Drainer(journal, new Reachable())) {
          drainer.awaitConnected();
        }
      }
    }
    // a real producer's close throws where it is interrupted
    assertEquals(times, interrupted.size());
    assertEquals(0, interrupted.stream().filter(was -> was).count());
  }

  private final class Reachable implements Drainer.Log {
    @Override
    public Producer<String, byte[]> connect() {
      return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
        @Override
        public void close(Duration timeout) {
          interrupted.add(Thread.currentThread().isInterrupted());
          super.close(timeout);
        }
      };
    }

    @Override
    public PublishException failure(String doing, Throwable cause) {
      throw new AssertionError(doing, cause);
    }
  }
}
