package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.launch.DurationText;
import dev.irqledger.wire.avro.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last sign of life of a host's agent.
 *
 * @param epoch the agent's incarnation
 * @param heartbeatAt by the host's clock
 */
record AgentSign(long epoch, Instant heartbeatAt) {
  /** Agents give a sign every ten seconds; who missed three is not taken for alive. */
  private static final Duration ALIVE = Duration.ofSeconds(35);

  /** Reads it; null where none was ever given. */
  static @Nullable AgentSign read(Cluster cluster, String host, Instant now) {
    AgentStatus status = LastStatus.read(cluster, host, now);
    return status == null ? null : new AgentSign(status.getEpoch(), status.getHeartbeatAt());
  }

  /** What it says about a command without an answer, and what to do. */
  static String explain(@Nullable AgentSign sign, String host, Instant now) {
    String start = "start it with 'irq-ledger agent serve --host " + host + " ...' and send again";
    if (sign == null) {
      return "no agent of " + host + " ever gave a sign of life: check the name, or " + start;
    }
    Duration age = Duration.between(sign.heartbeatAt, now);
    String last = "the agent's last sign of life is " + age(age) + " (epoch " + sign.epoch + ")";
    return age.compareTo(ALIVE) > 0
        ? last + ": it seems to be down: " + start
        : last + ": it runs, but is busy or does not read irq.commands: look at its messages";
  }

  private static String age(Duration age) {
    if (age.isNegative()) {
      return "ahead of this clock by " + DurationText.ofSeconds(-age.toSeconds());
    }
    return age.toHours() >= 48
        ? age.toDays() + " days old"
        : age.toMinutes() >= 120
            ? age.toHours() + " hours old"
            : age.toSeconds() >= 120
                ? age.toMinutes() + " minutes old"
                : age.toSeconds() + " s old";
  }
}
