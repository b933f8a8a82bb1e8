package dev.irqledger.agent;

import dev.irqledger.agent.journal.Intent;
import dev.irqledger.agent.journal.Recovered;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReleased.Cause;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a new epoch begins with: it takes down how the one before ended. The kernel has closed the
 * descriptors of an agent that died, and a boot has released every device.
 */
final class Recovery {
  private final Recovered before;
  private final HostLedger ledger;

  Recovery(Recovered before, HostLedger ledger) {
    this.before = before;
    this.ledger = ledger;
  }

  /** Takes it down. When this returns, the journal has it for good. */
  void takeDown() {
    boolean rebooted = before.bootId() != null && !before.bootId().equals(ledger.self().bootId());
    Set<Bdf> released = new TreeSet<>(rebooted ? before.held() : before.opened());
    for (Intent intent : before.intents()) {
      // it may have been opened, though the journal does not say so; not where another has it
      if (!before.held().contains(intent.device())) {
        released.add(intent.device());
      }
    }
    EventBody release = new DeviceReleased(rebooted ? Cause.HOST_REBOOTED : Cause.AGENT_DIED, null);
    List<Recorded> taken = new ArrayList<>();
    for (Bdf device : released) {
      taken.add(ledger.record(device, Source.AGENT_CALL, ledger.self().actor(), release));
    }
    for (Intent intent : before.intents()) {
      taken.add(ledger.settle(intent, actor(intent), unknownOutcome(intent)));
    }
    taken.forEach(Recorded::awaitDurable);
    ledger.tookOver();
  }

  private Actor actor(Intent intent) {
    Actor self = ledger.self().actor();
    return intent.commandId() == null ? self : self.answering(intent.commandId());
  }

  private static CommandRefused unknownOutcome(Intent intent) {
    return new CommandRefused(
        "the agent died with '"
            + intent.op()
            + "' under way: whether the kernel made the call is not known, the agent's descriptors"
            + " were closed since, and it is not tried again");
  }
}
