package dev.irqledger.simulation;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.simulation.fate.Chance;
import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.VirtualTime;
import dev.irqledger.simulation.host.SimulatedHost;
import dev.irqledger.simulation.log.SimulatedLog;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** People who put requests into {@code irq.commands}, some of them twice, late, or wrong. */
final class Requests {
  private static final List<String> OPS =
      List.of(
          "open",
          "close",
          "reset",
          "set 2 0 2 eventfd trigger e0,e1",
          "set 2 0 1 eventfd trigger -1",
          "set 2 0 0 none trigger",
          "dance");

  private final SimulatedLog commands;
  private final Fate fate;
  private final VirtualTime time;
  private final Witness witness;
  private final WireCodec<Command> codec =
      new WireCodec<>(Command.class, SchemaCatalog.releasedOnly());

  /** Each with the host that must answer it. */
  private final Map<UUID, String> asked = new LinkedHashMap<>();

  Requests(SimulatedLog commands, Fate fate, VirtualTime time, Witness witness) {
    this.commands = commands;
    this.fate = fate;
    this.time = time;
    this.witness = witness;
  }

  void ask(SimulatedHost host) {
    Chance chance = fate.chance();
    String device = chance.oneIn(10) ? "0000:77:00.0" : chance.oneOf(host.devices()).text();
    Command command =
        Command.newBuilder()
            .setId(new UUID(chance.bits(), chance.bits()))
            .setHost(host.name())
            .setDevice(device)
            .setOp(chance.oneOf(OPS))
            .setExpiresAt(expiry(chance))
            .setExpectedEpoch(chance.oneIn(6) ? 1L + chance.below(4) : null)
            .setRequestedBy("the simulation")
            .build();
    byte[] value = codec.encode(command);
    for (int i = chance.oneIn(4) ? 2 : 1; i > 0; i--) {
      commands.append(host.partition(), host.name().getBytes(StandardCharsets.UTF_8), value);
    }
    if (host.takesRequests()) {
      asked.put(command.getId(), host.name());
    }
  }

  private Instant expiry(Chance chance) {
    Duration left = chance.oneIn(4) ? Duration.ofSeconds(-5) : Duration.ofDays(60);
    return Instant.ofEpochMilli(time.millis()).plus(left);
  }

  /** Lets a host read all requests that there are. */
  void pollAll(SimulatedHost host) {
    for (int i = 0; i < 20 + commands.rows(host.partition()).size(); i++) {
      host.poll();
    }
  }

  /** Each is answered by one event, whatever became of the agents that read it. */
  void check() {
    Map<UUID, Integer> answers = new HashMap<>();
    for (List<InterruptEvent> history : witness.histories().values()) {
      for (InterruptEvent event : history) {
        UUID id = event.actor().commandId();
        if (id != null) {
          answers.merge(id, 1, Integer::sum);
        }
      }
    }
    asked.forEach((id, host) -> {
      int found = answers.getOrDefault(id, 0);
      if (found > 1 || (found == 0 && !witness.isSplit(host))) {
        throw new Broken(
            "a request is answered once", "request " + id + " of " + host + ": " + found);
      }
    });
  }
}
