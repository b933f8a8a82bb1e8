package dev.irqledger.replay.verify;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.replay.verify.Heads.Head;
import dev.irqledger.wire.FoldedState;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds heads that were signed against the log: the event of that number must be the one that was
 * there. Since it names the hash of the one before it, and so on, the whole history up to it is.
 */
final class HeadsCheck {
  private final Map<DeviceKey, Head> open;
  private final long signed;
  private final Faults faults;
  private long equal;
  private long pruned;

  HeadsCheck(Map<DeviceKey, Head> signed, Faults faults) {
    this.open = new HashMap<>(signed);
    this.signed = signed.size();
    this.faults = faults;
  }

  /** A replay begins with that state: heads before it cannot be looked at any more. */
  void begun(FoldedState state) {
    Head head = open.get(state.state().key());
    if (head != null && head.isBefore(state.state().head())) {
      open.remove(state.state().key());
      pruned++;
    } else {
      replayed(state);
    }
  }

  void replayed(FoldedState state) {
    DeviceKey device = state.state().key();
    Head head = open.get(device);
    LogHead is = state.state().head();
    if (head == null || head.epoch() != is.epoch() || head.sequence() != is.sequence()) {
      return;
    }
    open.remove(device);
    if (head.hash().equals(is.hash())) {
      equal++;
    } else {
      faults.add(
          new Fault(
              device,
              state.position(),
              "HEAD_DIFFERS",
              "the event is not the one that was signed: signed "
                  + words(head.hash())
                  + ", in the log "
                  + words(is.hash())));
    }
  }

  private static String words(EventHash hash) {
    return hash.hex().substring(0, 16) + "...";
  }

  /** What it came to, once the replay has ended. */
  Verification.SignedHeads end() {
    open.forEach((device, head) ->
        faults.add(
            new Fault(
                device,
                head.position(),
                "HEAD_NOT_IN_LOG",
                "epoch "
                    + head.epoch()
                    + " sequence "
                    + head.sequence()
                    + " was signed, and the log does not have it")));
    return new Verification.SignedHeads(signed, equal, pruned);
  }
}
