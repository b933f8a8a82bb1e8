package dev.irqledger.service.metrics;

import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.web.http.Refusals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * The metrics of one instance: its own, those of Kafka's clients and Streams, and those of the JVM.
 * Their names are a contract with dashboards and alerts; {@code docs/operations/metrics.md} lists
 * them. Safe for use by many threads.
 */
public final class ServiceMetrics implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Traffic traffic = new Traffic(registry);
  private final Refusals refusals = new RefusedRequests(registry);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ReentrantLock scraping = new ReentrantLock();
  private volatile Snapshot latest = new Snapshot(FoldingLag.Distance.UNKNOWN, Double.NaN);

  /** What has to be asked for anew at each scrape. */
  private record Snapshot(FoldingLag.Distance lag, double devices) {}

  /** What a scrape asks. */
  private interface Sources {
    Snapshot ask() throws InterruptedException;
  }

  private volatile Sources sources = () -> latest;

  /**
   * Adds what counts the records to the settings of Streams. Before it is made from them.
   *
   * @param settings are added to
   */
  public void follow(Map<String, Object> settings) {
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        TakenEvents.class.getName());
    settings.put(StreamsConfig.mainConsumerPrefix(Traffic.SETTING), traffic);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
        PublishedResults.class.getName());
    settings.put(StreamsConfig.producerPrefix(Traffic.SETTING), traffic);
  }

  /**
   * Begins to tell of an instance.
   *
   * @param streams made from settings that {@link #follow} was given
   * @param admin is closed with this
   * @param running whether all local state is at hand and the log is being folded
   */
  public void tellOf(KafkaStreams streams, Admin admin, BooleanSupplier running) {
    FoldingLag lag = new FoldingLag(streams, admin, traffic, InstantSource.system());
    sources = () -> new Snapshot(lag.measure(), devices(streams));
    open.add(() -> admin.close(CLOSING));
    gauge(
        "running",
        "1 while all local state is at hand and the log is being folded, else 0",
        () -> running.getAsBoolean() ? 1 : 0);
    gauge(
        "lag.events",
        "Events in this instance's partitions that are not folded and committed",
        () -> latest.lag().events());
    gauge(
        "lag.seconds",
        "Age of the latest event taken from the partition that is furthest behind",
        () -> latest.lag().seconds());
    gauge(
        "devices",
        "Devices in this instance's partitions that ever held a vector",
        () -> latest.devices());
    bindLibraries(streams);
  }

  /** Counts whom the HTTP API turns away. */
  public Refusals refusals() {
    return refusals;
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder("irq.ledger." + name, value).description(description).register(registry);
  }

  private void bindLibraries(KafkaStreams streams) {
    KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(streams);
    JvmGcMetrics collections = new JvmGcMetrics();
    kafka.bindTo(registry);
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    open.add(kafka);
    open.add(collections);
  }

  private static double devices(KafkaStreams streams) {
    try (KeyValueIterator<String, byte[]> devices =
        streams
            .store(
                StoreQueryParameters.fromNameAndType(
                    LedgerTopology.HOLDINGS, QueryableStoreTypes.<String, byte[]>keyValueStore()))
            .all()) {
      long count = 0;
      while (devices.hasNext()) {
        devices.next();
        count++;
      }
      return count;
    } catch (InvalidStateStoreException e) {
      // Being restored or moved: nobody can tell now.
      return Double.NaN;
    }
  }

  /**
   * All metrics, in Prometheus' text format 0.0.4. Asks the broker for the log's ends, for two
   * seconds at most; what nobody can tell now is {@code NaN}.
   */
  public String scrape() {
    scraping.lock();
    try {
      latest = sources.ask();
      return registry.scrape();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      scraping.unlock();
    }
  }

  /** What was told last is told on. To close twice does no harm. */
  @Override
  public void close() {
    sources = () -> latest;
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing the metrics", e);
      }
    }
    registry.close();
  }
}
