package dev.irqledger.agent.journal;

import dev.irqledger.core.device.Bdf;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is about to be made. Each device has one at a time.
 *
 * @param device on which device
 * @param op the operation, as op files have it
 * @param commandId the request that asked for it, where there is one
 */
public record Intent(Bdf device, String op, @Nullable UUID commandId) {}
