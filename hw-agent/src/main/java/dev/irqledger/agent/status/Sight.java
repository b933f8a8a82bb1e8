package dev.irqledger.agent.status;

import dev.irqledger.wire.avro.BlindInterval;
import dev.irqledger.wire.avro.CoverageMode;
import dev.irqledger.wire.avro.IdleVector;
import java.util.List;

/**
 * What an agent sees of the calls of other processes.
 *
 * @param coverage how it sees them
 * @param blind when calls may have gone unseen, by rising start
 * @param idleTotal how many armed vectors did not fire while they were watched; -1 where interrupts
 *     are not counted
 * @param idle those that are idle longest, the longest first
 */
public record Sight(
    CoverageMode coverage, List<BlindInterval> blind, int idleTotal, List<IdleVector> idle) {
  /** An agent that sees its own calls only. */
  public static final Sight OWN_CALLS = new Sight(CoverageMode.NONE, List.of(), -1, List.of());

  public Sight {
    blind = List.copyOf(blind);
    idle = List.copyOf(idle);
  }
}
