package dev.irqledger.agent.journal;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.wire.KnownHeads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the epochs before left behind.
 *
 * @param bootId the host's boot in which the last one took over; null before the first
 * @param clusterId whose log the events went to; null where none is known yet
 * @param knownHeads the last event of each device
 * @param opened devices that the agent had opened and not closed
 * @param held devices that were not released, by whomever they were opened
 * @param intents operations without an outcome
 * @param bound devices to give back, and how they were before
 * @param aliveAt until when the agent saw everything; null where it is not known
 */
public record Recovered(
    @Nullable String bootId,
    @Nullable String clusterId,
    KnownHeads knownHeads,
    Set<Bdf> opened,
    Set<Bdf> held,
    List<Intent> intents,
    Map<Bdf, String> bound,
    @Nullable Instant aliveAt) {}
