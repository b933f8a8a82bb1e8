package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.live.LiveApi;
import dev.irqledger.service.live.LiveApi.Served;
import dev.irqledger.web.http.BearerToken;
import dev.irqledger.web.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** An instance of the service with its HTTP API, and somebody who asks it. */
final class ServedInstance implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "a-token-for-tests-only";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final LedgerService service;
  private final LiveApi api;
  private final String address;

  private ServedInstance(LedgerService service, LiveApi api, String address) {
    this.service = service;
    this.api = api;
    this.address = address;
  }

  static ServedInstance start(TestBroker broker, Path stateDir) throws IOException {
    return start(ServiceSettings.of(broker.bootstrapServers(), stateDir));
  }

  /** With those settings, of which the address is chosen here. */
  static ServedInstance start(ServiceSettings wanted) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    HttpSettings http = HttpSettings.loopback(port).withToken(BearerToken.of(TOKEN));
    Served served = new Served(http, "127.0.0.1:" + port);
    ServiceSettings settings = wanted.withApplicationServer(served.authority());
    LedgerService service = LedgerService.start(settings);
    LiveApi api = LiveApi.start(service, settings, Optional.of(served));
    return new ServedInstance(service, api, api.address().orElseThrow());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  /** The first answer that is one and is as wanted; problems that pass by are waited for. */
  JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    return await(path, 200, wanted);
  }

  JsonNode await(String path) throws Exception {
    return await(path, _ -> true);
  }

  /** Until it says that there is no such thing. */
  void awaitAbsence(String path) throws Exception {
    await(path, 404, _ -> true);
  }

  private JsonNode await(String path, int status, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> answer = ask(path);
      JsonNode json = JSON.readTree(answer.body());
      if (answer.statusCode() == status && wanted.test(json)) {
        return json;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(path + " -> " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  @Override
  public void close() {
    api.close();
    service.close();
    client.close();
  }
}
