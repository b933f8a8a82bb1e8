package dev.irqledger.replay.verify;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds states that were kept against those that the log gives at the same positions. */
final class StatesCheck {
  private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());
  private final Map<DeviceKey, FoldedState> kept;
  private final Faults faults;
  private final Map<DeviceKey, LogPosition> reached = new HashMap<>();
  private long equal;

  StatesCheck(Map<DeviceKey, FoldedState> kept, Faults faults) {
    this.kept = Map.copyOf(kept);
    this.faults = faults;
  }

  void replayed(FoldedState replayed) {
    DeviceKey device = replayed.state().key();
    reached.put(device, replayed.position());
    FoldedState other = kept.get(device);
    if (other == null || !other.position().equals(replayed.position())) {
      return;
    }
    if (Arrays.equals(codec.encode(other), codec.encode(replayed))) {
      equal++;
    } else {
      faults.add(
          new Fault(
              device,
              replayed.position(),
              "STATE_DIFFERS",
              "the kept state is not what the log gives: kept "
                  + other.state().counts()
                  + ", replayed "
                  + replayed.state().counts()));
    }
  }

  /** What it came to, once the replay has ended. */
  Verification.States end() {
    long behind = 0;
    for (FoldedState state : kept.values()) {
      LogPosition end = reached.get(state.state().key());
      if (end == null || end.offset() < state.position().offset()) {
        faults.add(
            new Fault(
                state.state().key(),
                state.position(),
                "STATE_NOT_IN_LOG",
                "the kept state is of an event that the log does not have" + upTo(end)));
      } else if (end.offset() > state.position().offset()) {
        behind++;
      }
    }
    long missing =
        kept.isEmpty()
            ? 0
            : reached.keySet().stream().filter(key -> !kept.containsKey(key)).count();
    return new Verification.States(kept.size(), equal, behind, missing);
  }

  private static String upTo(@Nullable LogPosition end) {
    return end == null ? "" : ", whose last one is at offset " + end.offset();
  }
}
