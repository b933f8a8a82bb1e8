package dev.irqledger.web.http;

import dev.irqledger.web.LedgerQueries;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** For those who watch over the service, and for those who write clients. */
final class OperationRoutes {
  private static final String OPENAPI = "openapi.json";

  private final LedgerQueries queries;
  private final Supplier<String> metrics;
  private final String openApi = openApi();

  OperationRoutes(LedgerQueries queries, Supplier<String> metrics) {
    this.queries = queries;
    this.metrics = metrics;
  }

  record Health(String status) {}

  /** The process is alive; whether it can answer is another question. */
  void healthz(Context request) {
    var _ = new Parameters(request);
    Answer.json(request, new Health("alive"));
  }

  void readyz(Context request) {
    var _ = new Parameters(request);
    queries.requireReady();
    Answer.json(request, new Health("ready"));
  }

  void metrics(Context request) {
    var _ = new Parameters(request);
    request.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.get());
  }

  void openApi(Context request) {
    var _ = new Parameters(request);
    request.contentType("application/json").result(openApi);
  }

  static String openApi() {
    try (InputStream in = OperationRoutes.class.getResourceAsStream(OPENAPI)) {
      if (in == null) {
        throw new AssertionError(OPENAPI + " is on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
