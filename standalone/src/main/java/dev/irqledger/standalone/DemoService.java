package dev.irqledger.standalone;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.live.LiveApi;
import dev.irqledger.web.http.HttpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;

/** The ledger service as the demonstration runs it. */
final class DemoService {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How the one instance calls itself; nobody else has to reach it. */
  private static final String AUTHORITY = "127.0.0.1:" + HttpSettings.DEFAULT_PORT;

  private DemoService() {}

  /**
   * Starts an instance; when this returns, it folds.
   *
   * @throws TimeoutException if it does not within a minute
   */
  static LedgerService start(String bootstrapServers, int partitions, Path stateDir)
      throws TimeoutException, InterruptedException {
    LedgerService service = LedgerService.start(settings(bootstrapServers, partitions, stateDir));
    try {
      if (service.awaitRunning(PATIENCE)) {
        return service;
      }
    } catch (InterruptedException | RuntimeException e) {
      service.close();
      throw e;
    }
    service.close();
    throw new TimeoutException(
        "the ledger service did not run within " + PATIENCE.toSeconds() + " s");
  }

  private static ServiceSettings settings(String bootstrapServers, int partitions, Path stateDir) {
    return ServiceSettings.of(bootstrapServers, stateDir)
        .withTopics(partitions, OptionalInt.of(1))
        .withStandbyReplicas(0)
        .withApplicationServer(AUTHORITY);
  }

  /**
   * Serves the console and the API of an instance.
   *
   * @param port where, on this machine; 0 takes any port that is free
   * @throws dev.irqledger.web.http.HttpException if the port is in use
   */
  static LiveApi serve(
      LedgerService service, String bootstrapServers, int partitions, Path stateDir, int port) {
    return LiveApi.start(
        service,
        settings(bootstrapServers, partitions, stateDir),
        Optional.of(new LiveApi.Served(HttpSettings.loopback(port), AUTHORITY)));
  }
}
