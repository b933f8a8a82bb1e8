package dev.irqledger.replay.bisect;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.Image;
import java.util.HashMap;
import java.util.Map;

/**
 * The states of many devices, with their sums kept beside them: asking for a sum costs the same
 * however many devices there are, so a condition may be asked after every event.
 */
public final class FleetStates {
  private final Map<DeviceKey, DeviceState> devices = new HashMap<>();
  private final Map<String, Sums> hosts = new HashMap<>();
  private Sums total = Sums.ZERO;

  public static FleetStates of(Image image) {
    FleetStates states = new FleetStates();
    image.devices().values().forEach(folded -> states.put(folded.state()));
    return states;
  }

  /** Takes the state in the place of the one that its device had. */
  void put(DeviceState state) {
    DeviceState before = devices.put(state.key(), state);
    Sums change = Sums.of(state).minus(before == null ? Sums.ZERO : Sums.of(before));
    hosts.merge(state.key().host(), change, Sums::plus);
    total = total.plus(change);
  }

  /** A device's state; {@link DeviceState#unseen} where the log had nothing of it yet. */
  public DeviceState device(DeviceKey key) {
    DeviceState state = devices.get(key);
    return state == null ? DeviceState.unseen(key) : state;
  }

  /** The sums of a host's devices; zeros where the log had nothing of it yet. */
  public Sums host(String host) {
    return hosts.getOrDefault(host, Sums.ZERO);
  }

  /** The sums of all devices. */
  public Sums total() {
    return total;
  }
}
