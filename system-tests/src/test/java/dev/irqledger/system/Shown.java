package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code vm/guest/judge.c} read of a device in sysfs. */
record Shown(InterruptMode mode, List<Seen> irqs) {
  static Shown of(JsonNode line) {
    InterruptMode mode = InterruptMode.valueOf(line.get("mode").asText().toUpperCase(Locale.ROOT));
    List<Seen> irqs = new ArrayList<>();
    if (mode.hasVectors()) {
      for (JsonNode irq : line.get("irqs")) {
        irqs.add(
            new Seen(
                irq.get("vector").asInt(), irq.get("irq").asInt(), irq.get("trigger").asBoolean()));
      }
    }
    return new Shown(mode, irqs);
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
