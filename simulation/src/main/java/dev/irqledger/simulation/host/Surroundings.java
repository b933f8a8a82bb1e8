package dev.irqledger.simulation.host;

import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.VirtualTime;
import dev.irqledger.simulation.log.SimulatedLog;
import java.nio.file.Path;

/**
 * What all hosts of a run share.
 *
 * @param events {@code irq.events}
 * @param commands {@code irq.commands}
 * @param account is told what must be true in the end
 * @param meanwhile lets others go on while somebody waits
 * @param folder where the journals are
 */
public record Surroundings(
    Fate fate,
    VirtualTime time,
    SimulatedLog events,
    SimulatedLog commands,
    Account account,
    Runnable meanwhile,
    Path folder) {}
