package dev.irqledger.agent.observe;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.DeviceState;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What an observer asks of its host and of its owner.
 *
 * @param devices the devices that are bound to a vfio driver now
 * @param heldBefore the devices of which the ledger said, when this began, that somebody has them
 * @param look what the kernel shows of all vectors of a device; may throw {@link
 *     dev.irqledger.agent.vfio.VfioException}
 * @param known the state that the events so far add up to
 * @param ownDevice true for devices that the agent itself holds open: it looks at them after each
 *     of its calls, in order with their events
 * @param ownThread true for the ids of the agent's own threads
 * @param actors tells whose a thread is
 * @param clock the host's clocks
 */
public record ObservedHost(
    Supplier<? extends Collection<Bdf>> devices,
    Collection<Bdf> heldBefore,
    Function<Bdf, KernelView> look,
    Function<Bdf, DeviceState> known,
    Predicate<Bdf> ownDevice,
    IntPredicate ownThread,
    Actors actors,
    HostClock clock) {}
