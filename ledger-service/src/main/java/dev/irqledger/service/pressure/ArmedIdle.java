package dev.irqledger.service.pressure;

import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.IdleTrigger;
import java.util.List;

/**
 * Armed vectors of a host that do not fire, as far as its agent knows.
 *
 * @param total how many; {@link #UNCOUNTED} where nobody counts interrupts
 * @param longest those that are idle longest, the longest first
 */
public record ArmedIdle(int total, List<IdleTrigger> longest) {
  static final int UNCOUNTED = -1;

  /** No agent told. */
  public static final ArmedIdle UNKNOWN = new ArmedIdle(UNCOUNTED, List.of());

  /** So many are told of a host, as many as of its biggest holders. */
  private static final int MOST = BiggestHolders.MOST;

  public ArmedIdle {
    longest = List.copyOf(longest);
  }

  /** What an agent's sign of life says. */
  public static ArmedIdle of(AgentStatus status) {
    return new ArmedIdle(
        Math.max(UNCOUNTED, status.getArmedIdleTotal()),
        status.getArmedIdle().stream()
            .limit(MOST)
            .map(idle ->
                new IdleTrigger(
                    idle.getDevice(), idle.getVector(), idle.getIrq(), idle.getIdleSince()))
            .toList());
  }
}
