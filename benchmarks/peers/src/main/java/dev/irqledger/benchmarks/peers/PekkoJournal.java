package dev.irqledger.benchmarks.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/** Pekko Persistence on one of its durable local journals. */
final class PekkoJournal {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** As many actors are recovered at once. */
  private static final String COMMON =
      """
      pekko.loglevel = WARNING
      pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
      pekko.log-dead-letters = off
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      pekko.actor.allow-java-serialization = off
      pekko.persistence.max-concurrent-recoveries = 200
      pekko.persistence.snapshot-store.plugin = "pekko.persistence.no-snapshot-store"
      pekko.persistence.journal-plugin-fallback.circuit-breaker.call-timeout = 10m
      pekko.persistence.journal-plugin-fallback.recovery-event-timeout = 10m
      """;

  private static final String LEVELDB =
      """
      pekko.persistence.journal.plugin = "pekko.persistence.journal.leveldb"
      pekko.persistence.journal.leveldb { native = on, fsync = on, checksum = off, dir = "%s" }
      """;

  private static final String JDBC =
      """
      pekko.persistence.journal.plugin = "jdbc-journal"
      jdbc-journal {
        batchSize = 1000
        bufferSize = 10000
        replayBatchSize = 1000
        slick {
          profile = "slick.jdbc.H2Profile$"
          db {
            url = "jdbc:h2:file:%s/journal;CACHE_SIZE=262144"
            driver = "org.h2.Driver"
            numThreads = 4
            maxConnections = 4
            minConnections = 4
          }
        }
      }
      """;

  private final Config config;

  private PekkoJournal(String text) {
    this.config = ConfigFactory.parseString(COMMON + text).withFallback(ConfigFactory.load());
  }

  static PekkoJournal levelDb(Path folder) {
    return new PekkoJournal(LEVELDB.formatted(folder));
  }

  /** Its tables are made at once. */
  static PekkoJournal jdbcOnH2(Path folder) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder + "/journal");
        Statement statement = connection.createStatement()) {
      statement.execute("RUNSCRIPT FROM 'classpath:schema/h2/h2-create-schema.sql'");
    }
    return new PekkoJournal(JDBC.formatted(folder));
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(ActorSystem system) throws Exception;
  }

  private <T> T run(Work<T> work) throws Exception {
    ActorSystem system = ActorSystem.create("peers", config);
    try {
      return work.with(system);
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
  }

  /** Writes the events of each device. */
  void write(Map<String, List<byte[]>> events, Consumer<String> progress) throws Exception {
    run(system -> {
      int devices = 0;
      for (Map.Entry<String, List<byte[]>> device : events.entrySet()) {
        ActorRef actor = system.actorOf(DeviceActor.props(device.getKey(), _ -> {}));
        CompletionStage<Object> written =
            Patterns.ask(actor, new DeviceActor.Batch(device.getValue()), PATIENCE);
        written.toCompletableFuture().get();
        if (++devices % 1000 == 0) {
          progress.accept("%,d of %,d devices written".formatted(devices, events.size()));
        }
      }
      return devices;
    });
  }

  /**
   * Recovers all devices at once. The start of the actor system is not measured.
   *
   * @return events a second
   */
  double recover(Iterable<String> devices, long events, Tally expected) throws Exception {
    return run(system -> {
      CountDownLatch left = new CountDownLatch(Math.toIntExact(count(devices)));
      AtomicReference<Tally> all = new AtomicReference<>(Tally.NONE);
      long start = System.nanoTime();
      for (String device : devices) {
        system.actorOf(
            DeviceActor.props(
                device,
                tally -> {
                  all.accumulateAndGet(tally, Tally::plus);
                  left.countDown();
                }));
      }
      if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("recovered no more than " + all);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!all.get().equals(expected)) {
        throw new IllegalStateException("recovered " + all + " instead of " + expected);
      }
      return events / seconds;
    });
  }

  private static long count(Iterable<String> devices) {
    long count = 0;
    for (var _ : devices) {
      count++;
    }
    return count;
  }
}
