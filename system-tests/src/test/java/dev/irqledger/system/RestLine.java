package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code judge show} saw of a device at rest.
 *
 * @param micros when, microseconds since 1970
 */
record RestLine(Bdf device, long micros, Shown shown) {
  private static final JsonMapper JSON = new JsonMapper();

  static List<RestLine> read(Path file) throws IOException {
    List<RestLine> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      JsonNode line = JSON.readTree(text);
      lines.add(
          new RestLine(
              new Bdf(line.get("device").asText()), line.get("at").asLong(), Shown.of(line)));
    }
    return lines;
  }
}
