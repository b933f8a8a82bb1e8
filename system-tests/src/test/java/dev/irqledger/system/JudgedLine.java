package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What {@code vm/guest/judge.c} saw: an operation, the agent's answer, and what sysfs showed after
 * it.
 *
 * @param event the id of the event that the agent answered with
 * @param text what the agent said of the result
 */
record JudgedLine(
    int n, Bdf device, String op, UUID event, String text, InterruptMode mode, List<Seen> irqs) {
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
    InterruptMode mode = InterruptMode.valueOf(line.get("mode").asText().toUpperCase(Locale.ROOT));
    List<Seen> irqs = new ArrayList<>();
    if (mode.hasVectors()) {
      for (JsonNode irq : line.get("irqs")) {
        irqs.add(
            new Seen(
                irq.get("vector").asInt(), irq.get("irq").asInt(), irq.get("trigger").asBoolean()));
      }
    }
    return new JudgedLine(
        line.get("n").asInt(),
        new Bdf(line.get("device").asText()),
        line.get("op").asText(),
        UUID.fromString(reply.get("event").asText()),
        kind.equals("performed")
            ? reply.get("text").asText()
            : line.get("op").asText() + " = " + reply.get("reason").asText(),
        mode,
        irqs);
  }

  /** Whether the ledger has just what sysfs showed; INTx without a trigger shows as no mode. */
  boolean agreesWith(DeviceState state) {
    List<Seen> folded = new ArrayList<>();
    var vectors = state.interrupts().vectors();
    for (int v = vectors.next(0); v >= 0; v = vectors.next(v + 1)) {
      VectorState vector = vectors.get(v);
      folded.add(new Seen(v, vector.irq(), vector.armed()));
    }
    InterruptMode folds = state.interrupts().mode();
    boolean sameMode =
        folds == mode
            || (folds == InterruptMode.INTX
                && mode == InterruptMode.NONE
                && state.interrupts().intxTrigger() == -1);
    return sameMode && folded.equals(irqs) && !state.uncertain();
  }
}
