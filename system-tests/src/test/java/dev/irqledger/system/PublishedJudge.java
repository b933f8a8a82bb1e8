package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;

/** Holds what the service published against the replay of the log, with {@code replay verify}. */
final class PublishedJudge {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private PublishedJudge() {}

  /** Waits until the published state of so many devices, which are all, is what the log gives. */
  static JsonNode awaitEqual(String bootstrap, int devices) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      CommandRun run = CommandRun.of("replay", "verify", "-o", "json", "-b", bootstrap);
      JsonNode found = JSON.readTree(run.out());
      assertEquals(devices, found.get("devices").asInt(), run.out() + run.err());
      if (found.at("/states/equal").asInt() == devices) {
        return found;
      }
      assertTrue(System.nanoTime() < end, run.out());
    }
  }
}
