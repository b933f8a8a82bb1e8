package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What {@code vm/guest/judge.c} saw: an operation, the agent's answer, and what sysfs showed after
 * it.
 *
 * @param event the id of the event that the agent answered with
 * @param text what the agent said of the result
 */
record JudgedLine(int n, Bdf device, String op, UUID event, String text, Shown shown) {
  private static final JsonMapper JSON = new JsonMapper();

  static List<JudgedLine> read(Path file) throws IOException {
    List<JudgedLine> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(of(JSON.readTree(line)));
    }
    return lines;
  }

  private static JudgedLine of(JsonNode line) {
    JsonNode reply = line.get("reply");
    String kind = reply.get("reply").asText();
    if (!kind.equals("performed") && !kind.equals("refused")) {
      throw new AssertionError(line.toString());
    }
    return new JudgedLine(
        line.get("n").asInt(),
        new Bdf(line.get("device").asText()),
        line.get("op").asText(),
        UUID.fromString(reply.get("event").asText()),
        kind.equals("performed")
            ? reply.get("text").asText()
            : line.get("op").asText() + " = " + reply.get("reason").asText(),
        Shown.of(line));
  }
}
