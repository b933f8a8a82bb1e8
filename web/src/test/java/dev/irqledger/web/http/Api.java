package dev.irqledger.web.http;

import dev.irqledger.web.MemoryLedger;
import dev.irqledger.web.MemoryLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The API, served over a log in memory, and somebody who asks it. */
final class Api implements AutoCloseable {
  static final String DEVICE = "/v1/devices/hv-1/0000:01:00.0";

  final MemoryLog log = new MemoryLog(2);
  final MemoryLedger ledger = new MemoryLedger(log);

  /** Why it turned somebody away. */
  final List<Refusal> refused = new CopyOnWriteArrayList<>();

  final ApiDocument document = new ApiDocument();
  final LedgerHttp server;
  private final HttpClient client = HttpClient.newHttpClient();

  Api(HttpSettings settings) {
    log.arm("hv-1/0000:01:00.0", 3);
    log.trigger("hv-1/0000:01:00.0", 20, -1);
    log.arm("hv-1/0000:02:00.0", 1);
    log.arm("hv-2/0000:01:00.0", 2);
    log.lose("hv-2/0000:01:00.0");
    log.trigger("hv-2/0000:01:00.0", 30);
    log.lose("hv-2/0000:01:00.0");
    log.trigger("hv-2/0000:01:00.0", 31);
    server = LedgerHttp.start(settings, ledger, () -> "irq_up 1\n", (why, _) -> refused.add(why));
  }

  static Api open() {
    return new Api(HttpSettings.loopback(0));
  }

  URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + server.port() + pathAndQuery);
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(uri(pathAndQuery)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send(request(pathAndQuery));
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
