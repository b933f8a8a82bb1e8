package dev.irqledger.agent.ledger;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.recordings.PrintableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event on one line, for people who watch: when, which device, who, what, and what it led to.
 */
public final class EventLine {
  /** Longer texts are cut: an operation may name 2,048 eventfds. */
  private static final int MAX_BODY = 120;

  private EventLine() {}

  public static String of(Recorded recorded) {
    InterruptEvent event = recorded.event();
    Instant at = Instant.EPOCH.plus(event.hostTimeMicros(), ChronoUnit.MICROS);
    // names of processes and reasons come from others
    return PrintableText.of(
        at
            + " "
            + event.device().bdf()
            + " "
            + actor(event.actor())
            + ": "
            + body(event.body())
            + " -> "
            + state(recorded.folded().state()));
  }

  private static String actor(Actor actor) {
    String process = actor.command() == null ? "unknown" : actor.command();
    String pid = actor.pid() == 0 ? "" : " " + actor.pid();
    return actor.vm() == null ? process + pid : process + pid + " (VM " + actor.vm() + ")";
  }

  private static String body(EventBody body) {
    return switch (body) {
      case DeviceOpened _ -> "open";
      case InterruptsSet set ->
          cut(OpScript.format(new Op.Set(set.call()))) + " = " + Errno.describe(set.result());
      case DeviceReset reset -> "reset = " + Errno.describe(reset.result());
      case DeviceReleased(var cause, _) -> "released (" + cause + ")";
      case StateObserved _ -> "seen in sysfs";
      case CommandRefused(String reason) -> "refused: " + reason;
    };
  }

  private static String cut(String text) {
    return text.length() <= MAX_BODY ? text : text.substring(0, MAX_BODY - 3) + "...";
  }

  private static String state(DeviceState state) {
    VectorCounts counts = state.counts();
    String vectors =
        state.interrupts().mode()
            + " "
            + counts.armed()
            + " armed, "
            + counts.cached()
            + " cached, "
            + counts.reserved()
            + " reserved";
    return state.uncertain() ? vectors + " (uncertain)" : vectors;
  }
}
