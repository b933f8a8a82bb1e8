package dev.irqledger.agent;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decodes and folds what was published, as every reader of the log does. */
public final class LogReader {
  private final EventCodec codec = EventCodec.releasedOnly();
  private final Map<DeviceKey, DeviceState> states = new TreeMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private final List<InterruptEvent> events = new ArrayList<>();

  public InterruptEvent read(byte[] value) {
    if (!(codec.decode(value) instanceof Decoded.Value<InterruptEvent>(InterruptEvent event))) {
      throw new AssertionError(codec.decode(value).toString());
    }
    DeviceState before = states.computeIfAbsent(event.device(), DeviceState::unseen);
    Folded folded = Ledger.fold(before, event);
    states.put(event.device(), folded.state());
    violations.addAll(folded.violations());
    events.add(event);
    return event;
  }

  public List<InterruptEvent> events() {
    return events;
  }

  public DeviceState state(Bdf bdf) {
    DeviceKey key = new DeviceKey(Fixtures.HOST, bdf);
    return states.getOrDefault(key, DeviceState.unseen(key));
  }

  public Interrupts interrupts(Bdf bdf) {
    return state(bdf).interrupts();
  }

  public List<Violation> violations() {
    return violations;
  }

  public List<Rule> brokenRules() {
    return violations.stream().map(Violation::rule).toList();
  }
}
