package dev.irqledger.web.http;

import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.QueryException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API of a ledger, being served. */
public final class LedgerHttp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerHttp.class);

  private final Javalin server;
  private final StreamRoute stream;

  private LedgerHttp(Javalin server, StreamRoute stream) {
    this.server = server;
    this.stream = stream;
  }

  /**
   * Begins to serve, and counts nothing.
   *
   * @see #start(HttpSettings, LedgerQueries, Supplier, Refusals)
   */
  public static LedgerHttp start(
      HttpSettings settings, LedgerQueries queries, Supplier<String> metrics) {
    return start(settings, queries, metrics, Refusals.UNCOUNTED);
  }

  /**
   * Begins to serve.
   *
   * @param queries what is asked; not closed with this
   * @param metrics the text of {@code /metrics}, in the format of Prometheus
   * @param refusals is told whom it turns away
   * @throws HttpException if the address is in use or not ours, or the key store cannot be used
   */
  public static LedgerHttp start(
      HttpSettings settings, LedgerQueries queries, Supplier<String> metrics, Refusals refusals) {
    Listener listener = new Listener(settings);
    StreamRoute stream = new StreamRoute(queries, settings.limits());
    Routes routes = routes(settings, listener, queries, stream, metrics, refusals);
    Javalin server =
        Javalin.create(config -> configure(config, settings, listener, routes, refusals));
    try {
      server.start();
    } catch (JavalinException e) {
      throw new HttpException(
          "cannot listen at "
              + settings.host()
              + ":"
              + settings.port()
              + ": free the port, choose another, or check the key store",
          e);
    }
    return new LedgerHttp(server, stream);
  }

  static Routes routes(
      HttpSettings settings,
      Listener listener,
      LedgerQueries queries,
      StreamRoute stream,
      Supplier<String> metrics,
      Refusals refusals) {
    return new Routes(
        new Gate(settings, refusals),
        new Forwarding(queries, settings.token(), listener.client()),
        new DeviceRoutes(queries, new KeptCuts(queries, settings.limits().cuts())),
        new FindingRoutes(queries),
        new PastRoutes(queries),
        stream,
        new OperationRoutes(queries, metrics),
        new ConsoleRoutes(ConsoleFiles.packaged()));
  }

  private static void configure(
      JavalinConfig config,
      HttpSettings settings,
      Listener listener,
      Routes routes,
      Refusals refusals) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.jetty.modifyHttpConfiguration(http -> bound(http, settings.limits()));
    config.jetty.modifyServer(server -> bound(server, settings.limits()));
    config.jetty.addConnector((server, http) -> listener.connector(server, http, refusals));
    routes.handlers().forEach((path, handler) -> config.routes.get(path, handler));
    problems(config);
  }

  private static void bound(HttpConfiguration http, HttpLimits limits) {
    http.setRequestHeaderSize(limits.headerBytes());
    // What names of ours can never hold is refused, not interpreted.
    http.setUriCompliance(UriCompliance.DEFAULT);
  }

  private static void bound(Server server, HttpLimits limits) {
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.setErrorHandler(new ProblemPages());
  }

  private static void problems(JavalinConfig config) {
    config.routes.exception(Problem.class, (e, request) -> Answer.problem(request, e));
    config.routes.exception(
        QueryException.class, (e, request) -> Answer.problem(request, Problem.of(e)));
    config.routes.exception(
        HttpResponseException.class,
        (e, request) -> {
          ProblemType type = ProblemType.of(e.getStatus());
          Answer.problem(request, new Problem(type, e.getStatus(), type.title()));
        });
    config.routes.exception(
        Exception.class,
        (e, request) -> {
          LOG.error("a request could not be answered", e);
          Answer.problem(
              request, new Problem(ProblemType.INTERNAL, "the log of the service says more"));
        });
  }

  /** The port that is listened at. */
  public int port() {
    return server.port();
  }

  /** Ends all streams, and stops listening. */
  @Override
  public void close() {
    stream.close();
    server.stop();
  }
}
