package dev.irqledger.standalone;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;

/** The ledger service as the demonstration runs it. */
final class DemoService {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private DemoService() {}

  /**
   * Starts an instance; when this returns, it folds.
   *
   * @throws TimeoutException if it does not within a minute
   */
  static LedgerService start(String bootstrapServers, int partitions, Path stateDir)
      throws TimeoutException, InterruptedException {
    LedgerService service =
        LedgerService.start(
            ServiceSettings.of(bootstrapServers, stateDir)
                .withTopics(partitions, OptionalInt.of(1))
                .withStandbyReplicas(0));
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
}
