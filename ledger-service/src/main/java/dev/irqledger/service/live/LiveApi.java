package dev.irqledger.service.live;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceException;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.metrics.ServiceMetrics;
import dev.irqledger.web.http.HttpSettings;
import dev.irqledger.web.http.LedgerHttp;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The HTTP API of a running instance, or none where it serves none. */
public final class LiveApi implements AutoCloseable {
  private final @Nullable LiveQueries queries;
  private final @Nullable LedgerHttp http;
  private final @Nullable String address;

  /**
   * Where and to whom an instance answers.
   *
   * @param settings where it listens
   * @param authority where other instances reach it, as {@code host:port}
   * @param archive an archive of this log, from which past states are told as far as it goes; null
   *     where all is read from the log
   */
  public record Served(HttpSettings settings, String authority, @Nullable Path archive) {
    /** Without an archive. */
    public Served(HttpSettings settings, String authority) {
      this(settings, authority, null);
    }

    String scheme() {
      return settings.tls() == null ? "http" : "https";
    }
  }

  private LiveApi(
      @Nullable LiveQueries queries, @Nullable LedgerHttp http, @Nullable String address) {
    this.queries = queries;
    this.http = http;
    this.address = address;
  }

  /**
   * Begins to serve, where that is wanted.
   *
   * @param service with its metrics; not closed with this
   * @param settings as it was started with, the {@code authority} as its application server
   * @param served empty where nothing is to be served
   * @throws ServiceException if the brokers do not answer
   * @throws dev.irqledger.web.http.HttpException if the address cannot be listened at
   */
  public static LiveApi start(
      LedgerService service, ServiceSettings settings, Optional<Served> served) {
    return served
        .map(at -> start(service, settings, at))
        .orElseGet(() -> new LiveApi(null, null, null));
  }

  private static LiveApi start(LedgerService service, ServiceSettings settings, Served served) {
    LiveQueries queries = queries(service, settings, served);
    try {
      ServiceMetrics metrics = service.metrics();
      LedgerHttp http =
          LedgerHttp.start(served.settings(), queries, metrics::scrape, metrics.refusals());
      String address = served.scheme() + "://" + served.settings().host() + ":" + http.port();
      return new LiveApi(queries, http, address);
    } catch (RuntimeException e) {
      queries.close();
      throw e;
    }
  }

  private static LiveQueries queries(
      LedgerService service, ServiceSettings settings, Served served) {
    try {
      return LiveQueries.start(
          service,
          settings,
          new LiveQueries.Address(served.scheme(), served.authority()),
          served.archive());
    } catch (KafkaException e) {
      throw new ServiceException(
          ServiceException.Kind.UNREACHABLE,
          "no broker at " + settings.bootstrapServers() + " tells the partitions of the topics",
          e);
    }
  }

  /** Where it is served; empty where it is not. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }

  /** To close twice does no harm. */
  @Override
  public void close() {
    if (http != null) {
      http.close();
    }
    if (queries != null) {
      queries.close();
    }
  }
}
