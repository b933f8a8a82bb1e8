package dev.irqledger.agent.command;

import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.avro.Command;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests before any device is touched.
 *
 * @param self the agent that is asked
 * @param devices which devices it may act on now
 */
record CommandCheck(Incarnation self, Supplier<? extends Set<Bdf>> devices) {

  /**
   * @param now the host's clock
   */
  Verdict judge(Command command, Instant now) {
    if (!self.host().equals(command.getHost())) {
      return new Verdict.NotForThisHost();
    }
    Bdf device;
    try {
      device = new Bdf(command.getDevice());
    } catch (IllegalArgumentException e) {
      return new Verdict.Unanswerable(String.valueOf(e.getMessage()));
    }
    String reason = refusal(command, device, now);
    return reason == null ? parsed(device, command.getOp()) : new Verdict.Refused(device, reason);
  }

  private @Nullable String refusal(Command command, Bdf device, Instant now) {
    if (!now.isBefore(command.getExpiresAt())) {
      return "expired at " + command.getExpiresAt() + "; this host's clock says " + now;
    }
    Long epoch = command.getExpectedEpoch();
    if (epoch != null && epoch != self.epoch()) {
      return "meant for epoch " + epoch + "; this agent's is " + self.epoch();
    }
    if (epoch == null && command.getExpectedSequence() != null) {
      return "the event that it expects as the latest has a number, and no epoch";
    }
    Set<Bdf> allowed = devices.get();
    if (!allowed.contains(device)) {
      return "no device of this agent: " + device + "; it has " + new TreeSet<>(allowed);
    }
    return null;
  }

  private static Verdict parsed(Bdf device, String text) {
    try {
      Op op = OpScript.parse(text);
      return new Verdict.Accepted(device, op);
    } catch (IllegalArgumentException e) {
      return new Verdict.Refused(device, "not an operation: " + e.getMessage());
    }
  }
}
