package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceException;
import dev.irqledger.service.ServiceException.Kind;
import dev.irqledger.service.ServiceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that cannot start says why, and what to do about it. */
class ServiceStartTest {
  @TempDir private Path folder;

  @Test
  void more_replicas_than_brokers_are_refused_where_a_topic_is_to_be_made() throws Exception {
    try (TestBroker broker = TestBroker.empty()) {
      ServiceException refused = refused(settings(broker).withTopics(1, OptionalInt.of(3)));

      assertEquals(Kind.TOPICS, refused.kind());
      assertEquals(
          "3 replicas need as many brokers, and there are 1: choose a smaller --replication-factor",
          refused.getMessage());
    }
  }

  @Test
  void a_store_that_cannot_be_opened_is_told_with_its_cause() throws Exception {
    try (TestBroker broker = TestBroker.withTopics(1)) {
      Path stores = folder.resolve("irq-ledger").resolve("0_0").resolve("rocksdb");
      Path inTheWay = Files.createDirectories(stores).resolve("device-states");
      Files.writeString(inTheWay, "a file");

      ServiceException refused = refused(settings(broker));

      assertEquals(Kind.STATE_DIR, refused.kind());
      String message = refused.getMessage();
      assertTrue(message.contains(inTheWay.getFileName().toString()), message);
      assertTrue(message.contains("free space on its disk"), message);
    }
  }

  private ServiceSettings settings(TestBroker broker) {
    return ServiceSettings.of(broker.bootstrapServers(), folder);
  }

  private static ServiceException refused(ServiceSettings settings) {
    return assertThrows(ServiceException.class, () -> LedgerService.start(settings).close());
  }
}
