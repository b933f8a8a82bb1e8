package dev.irqledger.simulation;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.simulation.host.Account;
import dev.irqledger.simulation.log.SimulatedLog;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Sees what is answered and what comes to the log, and knows what must be true of both. */
final class Witness implements Account {
  private final EventCodec codec = EventCodec.releasedOnly();

  /** By host: what was answered and is not in the log yet. */
  private final Map<String, Set<UUID>> owed = new HashMap<>();

  private final Set<UUID> answered = new HashSet<>();
  private final Map<UUID, Rule> planted = new LinkedHashMap<>();
  private final Set<DeviceKey> perhapsPlanted = new HashSet<>();
  private final Set<String> split = new HashSet<>();
  private final Set<String> broken = new HashSet<>();
  private final Map<Numbered, EventHash> numbers = new HashMap<>();
  private final Map<DeviceKey, List<InterruptEvent>> histories = new LinkedHashMap<>();
  private final Set<UUID> ids = new HashSet<>();
  private final Set<DeviceKey> shadowed = new HashSet<>();

  /** What must name one event and no other. */
  private record Numbered(DeviceKey device, long epoch, long sequence) {}

  @Override
  public void answered(String host, InterruptEvent event, boolean zombie) {
    if (event.body() instanceof DeviceOpened) {
      shadowed.remove(event.device());
    }
    answered.add(event.id());
    if (!zombie && !ids.contains(event.id())) {
      owed.computeIfAbsent(host, _ -> new HashSet<>()).add(event.id());
    }
  }

  @Override
  public void planted(InterruptEvent event, Rule rule) {
    planted.put(event.id(), rule);
    broken.add(event.device().host());
    shadowed.add(event.device());
  }

  @Override
  public void perhapsPlanted(String host, Bdf device) {
    perhapsPlanted.add(new DeviceKey(host, device));
    broken.add(host);
  }

  /** Whether an event may tell of a breach though nobody was answered. */
  boolean mayTellOfBreach(DeviceKey device, UUID event) {
    return perhapsPlanted.contains(device) && !answered.contains(event);
  }

  @Override
  public boolean certain(String host, Bdf device) {
    return !split.contains(host) && !shadowed.contains(new DeviceKey(host, device));
  }

  @Override
  public void split(String host) {
    split.add(host);
  }

  /** A record came to the log. */
  void appended(SimulatedLog.Row row) {
    if (row.again()) {
      return;
    }
    InterruptEvent event = event(row);
    EventHash known =
        numbers.putIfAbsent(
            new Numbered(event.device(), event.epoch(), event.sequence()), event.hash());
    if (known != null) {
      throw new Broken(
          "a number is given to one event only",
          event.device() + " epoch " + event.epoch() + " sequence " + event.sequence());
    }
    if (!ids.add(event.id())) {
      throw new Broken("an id is given to one event only", event.toString());
    }
    owed.getOrDefault(event.device().host(), new HashSet<>()).remove(event.id());
    histories.computeIfAbsent(event.device(), _ -> new ArrayList<>()).add(event);
  }

  InterruptEvent event(SimulatedLog.Row row) {
    if (codec.decode(row.value()) instanceof Decoded.Value<InterruptEvent>(InterruptEvent event)) {
      return event;
    }
    throw new Broken("what an agent writes can be read", row.toString());
  }

  /** How many events of a host were answered and are not in the log. */
  int owed(String host) {
    return owed.getOrDefault(host, Set.of()).size();
  }

  /** What was answered and is not in the log, of all hosts. */
  Set<UUID> owed() {
    Set<UUID> all = new HashSet<>();
    owed.values().forEach(all::addAll);
    return all;
  }

  boolean isSplit(String host) {
    return split.contains(host);
  }

  /** Whether the host's kernel ever broke a rule. */
  boolean isBroken(String host) {
    return broken.contains(host);
  }

  Map<UUID, Rule> planted() {
    return planted;
  }

  /** By device: its events, in the order in which they first came to the log. */
  Map<DeviceKey, List<InterruptEvent>> histories() {
    return histories;
  }

  /** Whether an event with that id is in the log. */
  boolean has(UUID id) {
    return ids.contains(id);
  }
}
