package dev.irqledger.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.HostTotals;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A log folded in a loop over the core, with nothing between. */
final class PlainFold {
  /** A finding and its place in the log. */
  record Found(Violation violation, LogPosition position) {}

  final Map<DeviceKey, FoldedState> states = new TreeMap<>();
  private final Set<DeviceKey> changed = new LinkedHashSet<>();
  final List<Found> found = new ArrayList<>();
  final Map<String, HostTotals> hosts = new TreeMap<>();
  final Map<String, Map<String, HostTotals>> units = new HashMap<>();
  int unusable;

  private final EventCodec codec = EventCodec.releasedOnly();

  void add(byte[] key, byte[] value, LogPosition position) {
    if (codec.decode(value) instanceof Value<InterruptEvent>(InterruptEvent event)
        && key != null
        && new String(key, UTF_8).equals(event.device().toString())) {
      add(event, position);
    } else {
      unusable++;
    }
  }

  /** The states of the devices that had events since this was asked last. */
  List<FoldedState> changed() {
    List<FoldedState> now = changed.stream().map(states::get).toList();
    changed.clear();
    return now;
  }

  private void add(InterruptEvent event, LogPosition position) {
    FoldedState known = states.get(event.device());
    DeviceState before = known == null ? DeviceState.unseen(event.device()) : known.state();
    Folded folded = Ledger.fold(before, event);
    FoldedState after = new FoldedState(folded.state(), position);
    states.put(event.device(), after);
    changed.add(event.device());
    folded.violations().forEach(violation -> found.add(new Found(violation, position)));
    String host = event.device().host();
    hosts.merge(
        host,
        HostTotals.ZERO.plus(before, after.state()),
        (total, _) -> total.plus(before, after.state()));
    addToUnits(host, before, after.state());
  }

  private void addToUnits(String host, DeviceState before, DeviceState after) {
    DeviceState nothing = DeviceState.unseen(after.key());
    Map<String, HostTotals> pools = units.computeIfAbsent(host, _ -> new TreeMap<>());
    if (unit(before).equals(unit(after))) {
      pools.put(unit(after), pools.getOrDefault(unit(after), HostTotals.ZERO).plus(before, after));
    } else {
      pools.put(
          unit(before), pools.getOrDefault(unit(before), HostTotals.ZERO).plus(before, nothing));
      pools.put(unit(after), pools.getOrDefault(unit(after), HostTotals.ZERO).plus(nothing, after));
    }
  }

  private static String unit(DeviceState state) {
    return String.valueOf(state.profile().identity().iommuUnit());
  }
}
