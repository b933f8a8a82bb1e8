package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service says as JSON, from its start to its clean end. */
class ServiceLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void with_json_every_line_is_an_object_and_a_termination_ends_it_cleanly() throws Exception {
    Path messages = folder.resolve("messages");
    try (TestBroker broker = TestBroker.withTopics(1)) {
      Process service =
          ServiceProcess.run(
                  messages.toFile(),
                  folder.resolve("state"),
                  "-b",
                  broker.bootstrapServers(),
                  "--http-listen",
                  "off",
                  "--log-format",
                  "json")
              .process();
      try {
        awaitMessage(service, messages, "running; Ctrl-C ends it");
      } finally {
        service.destroy();
        assertTrue(service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }

      assertEquals(143, service.exitValue());
      List<String> said = new ArrayList<>();
      for (JsonNode line : lines(messages)) {
        assertTrue(Instant.parse(line.get("time").asText()).isBefore(Instant.now()));
        assertTrue(List.of("INFO", "WARNING").contains(line.get("level").asText()), line::toString);
        said.add(line.get("message").asText());
      }
      assertTrue(said.contains("ending: what is folded is being committed"), said::toString);
    }
  }

  private static List<JsonNode> lines(Path messages) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(messages)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static void awaitMessage(Process service, Path messages, String wanted)
      throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(messages) || !Files.readString(messages).contains(wanted)) {
      assertTrue(
          service.isAlive() && System.nanoTime() < end,
          "said so far: " + Files.readString(messages));
      Thread.onSpinWait();
    }
  }
}
