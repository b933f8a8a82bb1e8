package dev.irqledger.service.live;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.ContinuedSource;
import dev.irqledger.replay.KafkaLogSource;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceException;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.web.About;
import dev.irqledger.web.Cut;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.web.FindingFilter;
import dev.irqledger.web.FindingPage;
import dev.irqledger.web.HistoryPage;
import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.LedgerStream;
import dev.irqledger.web.PastLedger;
import dev.irqledger.web.Position;
import dev.irqledger.web.Pressure;
import dev.irqledger.web.QueryException;
import dev.irqledger.web.QueryException.Kind;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.TopicLookups;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The present, from a running instance of the service and from what all instances have committed;
 * the past, from the log. Why it is put together so: ADR 8.
 */
public final class LiveQueries implements LedgerQueries, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FINDINGS = Duration.ofSeconds(5);
  private static final Duration PAST = Duration.ofSeconds(10);
  private static final int PASTS_AT_ONCE = 2;
  private static final int FINDINGS_AT_ONCE = 8;

  /** How many of the last events are kept in memory once the console is used: some 100 MB. */
  private static final int REMEMBERED = 500_000;

  private final LedgerService service;
  private final Address own;
  private final LiveCluster cluster;
  private final SchemaCatalog schemas;
  private final CommittedView view;
  private final PastLedger past;
  private final Admin admin;
  private final Semaphore findingReaders = new Semaphore(FINDINGS_AT_ONCE);

  /**
   * How instances reach each other.
   *
   * @param scheme http or https, the same for all
   * @param authority this instance, as {@code host:port}
   */
  public record Address(String scheme, String authority) {}

  private LiveQueries(
      LedgerService service, LiveCluster cluster, Address own, @Nullable Path archive) {
    this.service = service;
    this.own = own;
    this.cluster = cluster;
    Lookups lookups = TopicLookups.of(cluster.bootstrapServers(), cluster.kafka());
    this.schemas = lookups.schemas();
    this.view = CommittedView.start(cluster, schemas);
    Map<String, Object> settings = cluster.consumerSettings();
    this.past =
        new PastLedger(() -> log(settings, archive), lookups, PAST, PASTS_AT_ONCE, REMEMBERED);
    this.admin = cluster.admin();
  }

  /**
   * Begins to follow what is committed.
   *
   * @param service asked for states; not closed with this
   * @param settings as the service was started with
   * @param archive of this log, read in its place as far as it goes; null for none
   * @throws KafkaException if these do not answer
   * @throws ReplayException if the archive cannot be read, or is not one of this log
   */
  public static LiveQueries start(
      LedgerService service, ServiceSettings settings, Address own, @Nullable Path archive) {
    LiveCluster cluster = LiveCluster.of(settings.bootstrapServers(), settings.kafka(), PATIENCE);
    if (archive != null) {
      try (ContinuedSource continued = continued(cluster.consumerSettings(), archive)) {
        continued.requireSameLog();
      }
    }
    return new LiveQueries(service, cluster, own, archive);
  }

  private static LogSource log(Map<String, Object> settings, @Nullable Path archive) {
    return archive == null
        ? KafkaLogSource.open(settings, Topic.EVENTS.topicName())
        : continued(settings, archive);
  }

  private static ContinuedSource continued(Map<String, Object> settings, Path archive) {
    return new ContinuedSource(
        ArchiveLogSource.open(archive), KafkaLogSource.open(settings, Topic.EVENTS.topicName()));
  }

  @Override
  public void requireReady() {
    if (!service.running()) {
      throw notReady("the state is being restored or moved");
    }
    requireView();
    if (!service.complete()) {
      throw notReady("copies of other instances' states are being made");
    }
  }

  private static QueryException notReady(String why) {
    return new QueryException(Kind.NOT_READY, why + ": ask again in a moment");
  }

  private void requireView() {
    if (!view.rows().complete()) {
      throw notReady("what was committed before is being read");
    }
  }

  @Override
  public Cut<DeviceRow> devices(@Nullable String host, Point at) {
    if (!(at instanceof Point.Latest)) {
      return past.devices(host, at);
    }
    requireView();
    return view.rows().cut(host);
  }

  @Override
  public Optional<FoldedState> device(DeviceKey device, Point at) {
    return switch (at) {
      case Point.Latest() -> now(device);
      case Point.Offsets(SortedMap<Integer, Long> last) -> {
        Optional<FoldedState> unmoved = unmoved(device, last);
        yield unmoved.isPresent() ? unmoved : past.device(device, at);
      }
      case Point.Earliest(), Point.LogTime _, Point.HostTime _, Point.AfterEvent _ ->
          past.device(device, at);
    };
  }

  /** The state at hand, where it is the one at those offsets: the next page of a vector map. */
  private Optional<FoldedState> unmoved(DeviceKey device, SortedMap<Integer, Long> last) {
    boolean known =
        view.rows()
            .row(device)
            .filter(row -> last.equals(Position.of(row.position()).last()))
            .isPresent();
    return known && elsewhere(device.host()).isEmpty()
        ? now(device).filter(state -> last.equals(Position.of(state.position()).last()))
        : Optional.empty();
  }

  private Optional<FoldedState> now(DeviceKey device) {
    requireView();
    Optional<FoldedState> state = asking(() -> service.state(device));
    long committed = view.rows().row(device).map(row -> row.position().offset()).orElse(-1L);
    if (state.map(found -> found.position().offset()).orElse(-1L) < committed) {
      // Another instance has gone on without this one having heard of it yet.
      throw notReady("the host's work is being moved");
    }
    state.ifPresent(found -> awaitCommitted(found.position()));
    return state;
  }

  private void awaitCommitted(LogPosition position) {
    try {
      if (!view.rows().await(position.partition(), position.offset(), PATIENCE)) {
        throw notReady("the state is not committed yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(Kind.NOT_READY, "the service ends", e);
    }
  }

  /**
   * What a standby replica has, or a state that is being restored: fed from the changelog, which
   * holds what was committed. A store that is still this instance's may be ahead of that, for which
   * it waits as always.
   */
  @Override
  public Optional<FoldedState> copy(DeviceKey device) {
    requireView();
    Optional<FoldedState> copy = asking(() -> service.copy(device));
    if (copy.isEmpty() && view.rows().row(device).isPresent()) {
      throw notReady("no copy of its state is kept here");
    }
    copy.ifPresent(found -> awaitCommitted(found.position()));
    return copy;
  }

  @Override
  public List<URI> copies(String host) {
    return asking(() -> service.standbysOf(host)).stream()
        .filter(standby -> !standby.equals(own.authority()))
        .map(standby -> URI.create(own.scheme() + "://" + standby))
        .toList();
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (ServiceException e) {
      throw new QueryException(Kind.NOT_READY, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public PastLedger past() {
    return past;
  }

  @Override
  public About about() {
    return new About(true, "");
  }

  @Override
  public HistoryPage history(DeviceKey device, Point at, long after, int most) {
    if (!(at instanceof Point.Latest)) {
      return past.history(device, at, after, most);
    }
    requireView();
    Position now = view.rows().position(device.host());
    return past.history(device, new Point.Offsets(now.last()), after, most);
  }

  @Override
  public FindingPage findings(
      FindingFilter filter, @Nullable Position upTo, FindingPage.@Nullable Next from, int most) {
    requireView();
    Position position = upTo == null ? view.rows().position(filter.host()) : upTo;
    if (!findingReaders.tryAcquire()) {
      throw new QueryException(Kind.BUSY, "too many ask for findings at once");
    }
    try {
      return new FindingReader(cluster, schemas, filter, position, most, FINDINGS)
          .read(admin, from);
    } catch (KafkaException e) {
      throw unreachable(e);
    } finally {
      findingReaders.release();
    }
  }

  private static QueryException unreachable(KafkaException cause) {
    return new QueryException(Kind.UNREACHABLE, "Kafka does not answer", cause);
  }

  @Override
  public Optional<Pressure> pressure(String host) {
    requireView();
    return view.pressure(host);
  }

  @Override
  public LedgerStream follow(@Nullable String host, @Nullable String after) {
    requireView();
    int all = cluster.partitions();
    List<Integer> partitions =
        host == null
            ? IntStream.range(0, all).boxed().toList()
            : List.of(HostPartitioner.partition(host, all));
    Consumer<byte[], byte[]> consumer = consumer();
    try {
      return new LiveStream(consumer, schemas, view.rows(), host, partitions, after);
    } catch (KafkaException e) {
      consumer.close();
      throw unreachable(e);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    try {
      return cluster.smallConsumer();
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  @Override
  public Optional<URI> elsewhere(String host) {
    String owner = asking(() -> service.ownerOf(host));
    return owner.equals(own.authority())
        ? Optional.empty()
        : Optional.of(URI.create(own.scheme() + "://" + owner));
  }

  @Override
  public void close() {
    past.close();
    view.close();
    admin.close(Duration.ofSeconds(1));
  }
}
