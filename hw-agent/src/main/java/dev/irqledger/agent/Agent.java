package dev.irqledger.agent;

import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.budget.BudgetGate;
import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Intent;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Acts on a host's devices. Of each operation the intent is in the journal before it is made, and
 * its outcome before it is answered, so that a death at any moment loses nothing. Safe for use by
 * many threads; each device carries out one operation at a time.
 */
public final class Agent implements AutoCloseable {
  private final Vfio vfio;
  private final Supplier<? extends Set<Bdf>> devices;
  private final HostLedger ledger;
  private final BiFunction<Bdf, VfioException, String> explain;
  private final BudgetGate gate;
  private final LongSupplier nanoTime;
  private final Map<Bdf, OpExecutor> executors = new ConcurrentSkipListMap<>();

  /** The event with which each device was opened last. */
  private final Map<Bdf, UUID> openings = new ConcurrentSkipListMap<>();

  /** As the other one, of a host that has no policy. */
  public Agent(
      Vfio vfio,
      Supplier<? extends Set<Bdf>> devices,
      HostLedger ledger,
      BiFunction<Bdf, VfioException, String> explain) {
    this(vfio, devices, ledger, explain, () -> Policy.NONE, System::nanoTime);
  }

  /**
   * @param vfio not closed with this
   * @param devices which devices it may act on now
   * @param ledger where everything is taken down
   * @param explain words for a device that cannot be opened: the cause and the remedy
   * @param policy what holds for the host now
   * @param nanoTime measures how long calls take, in nanoseconds from any beginning
   */
  public Agent(
      Vfio vfio,
      Supplier<? extends Set<Bdf>> devices,
      HostLedger ledger,
      BiFunction<Bdf, VfioException, String> explain,
      Supplier<Policy> policy,
      LongSupplier nanoTime) {
    this.vfio = vfio;
    this.devices = devices;
    this.ledger = ledger;
    this.explain = explain;
    this.gate = new BudgetGate(policy, ledger);
    this.nanoTime = nanoTime;
  }

  public Incarnation self() {
    return ledger.self();
  }

  /** Which devices it may act on now. */
  public Set<Bdf> devices() {
    return new TreeSet<>(devices.get());
  }

  /**
   * Carries out an operation, unless the host's policy forbids it: then the event is a refusal, and
   * the device was not touched. When this returns, the journal has its event for good.
   *
   * @throws IllegalArgumentException if it may not act on the device
   * @throws dev.irqledger.agent.journal.JournalException if the journal does not take the intent,
   *     and then nothing was done; or the outcome, and then it takes nothing further
   */
  public Recorded perform(Bdf device, Op op) {
    return perform(device, op, self().actor());
  }

  /** As {@link #perform(Bdf, Op)}, on behalf of another process, which the event then names. */
  public Recorded perform(Bdf device, Op op, Actor actor) {
    return perform(intent(device, op, null), op, actor, OptionalLong.empty());
  }

  /**
   * As {@link #perform(Bdf, Op)}, for a request. That it was taken is in the journal before the
   * operation is made, so that it is never made twice.
   *
   * @param latest the number of the device's latest event in this epoch, where the request is
   *     refused if it has another one by now
   */
  public Recorded answer(UUID request, Instant expiresAt, OptionalLong latest, Bdf device, Op op) {
    return perform(
        intent(device, op, request),
        op,
        self().actor().answering(request),
        latest,
        new Entry.CommandTaken(request, expiresAt));
  }

  /** Takes down that a request is not carried out. The device is not touched, nor need it exist. */
  public Recorded refuse(UUID request, Instant expiresAt, Bdf device, String reason) {
    return ledger
        .recordAlong(
            device,
            Source.AGENT_CALL,
            self().actor().answering(request),
            new CommandRefused(reason),
            new Entry.CommandTaken(request, expiresAt))
        .awaitDurable();
  }

  /** How often each eventfd of a device was signalled since this was last asked. */
  public Map<Integer, Long> signalled(Bdf device) {
    OpExecutor executor = executor(device);
    synchronized (executor) {
      return executor.signalled();
    }
  }

  /** Whether it may act on that device now. One that it has open it may always act on. */
  public boolean actsOn(Bdf device) {
    return holds(device) || devices.get().contains(device);
  }

  /** Whether the agent itself holds the device open. */
  public boolean holds(Bdf device) {
    OpExecutor executor = executors.get(device);
    return executor != null && executor.isOpen();
  }

  /**
   * Does something to do with a device while the agent does not open it.
   *
   * @return false if it has the device open; then nothing was done
   */
  public boolean unlessHeld(Bdf device, Runnable work) {
    OpExecutor executor = executors.computeIfAbsent(device, this::newExecutor);
    synchronized (executor) {
      if (executor.isOpen()) {
        return false;
      }
      work.run();
      return true;
    }
  }

  /** Does something to do with a device while the agent makes no operation on it. */
  public void betweenOperations(Bdf device, Runnable work) {
    OpExecutor executor = executors.computeIfAbsent(device, this::newExecutor);
    synchronized (executor) {
      work.run();
    }
  }

  /** Closes every device that is open, and takes it down, as the end of the process would do. */
  public void releaseAll() {
    executors.keySet().forEach(this::release);
  }

  /** Closes a device if it is open, and takes it down. */
  public void release(Bdf device) {
    if (holds(device)) {
      var _ = perform(device, new Op.Close());
    }
  }

  /** Closes a device if it is still open since that event, and takes it down. */
  public void release(Bdf device, UUID opening) {
    OpExecutor executor = executor(device);
    synchronized (executor) {
      if (opening.equals(openings.get(device))) {
        release(device);
      }
    }
  }

  /** Closes every device that is open, without an event. */
  @Override
  public void close() {
    for (OpExecutor executor : executors.values()) {
      synchronized (executor) {
        executor.close();
      }
    }
  }

  private Recorded perform(Intent intent, Op op, Actor actor, OptionalLong latest, Entry... along) {
    OpExecutor executor = executor(intent.device());
    Recorded recorded;
    synchronized (executor) {
      String forbidden = outdated(intent.device(), latest);
      if (forbidden == null && executor.isOpen()) {
        forbidden = gate.enter(intent.device(), op);
      }
      recorded =
          forbidden == null
              ? made(executor, intent, op, actor, along)
              : ledger.recordAlong(
                  intent.device(), Source.AGENT_CALL, actor, new CommandRefused(forbidden), along);
    }
    return recorded.awaitDurable();
  }

  private @Nullable String outdated(Bdf device, OptionalLong latest) {
    long now = ledger.state(device).head().sequence();
    return latest.isEmpty() || latest.getAsLong() == now
        ? null
        : "the device has changed since: its latest event is "
            + now
            + ", not "
            + latest.getAsLong();
  }

  private Recorded made(OpExecutor executor, Intent intent, Op op, Actor actor, Entry... along) {
    try {
      ledger.intend(intent, op.onlyFrees(), along);
      Recorded recorded = ledger.settle(intent, actor, executor.execute(op));
      if (recorded.event().body() instanceof DeviceOpened) {
        openings.put(intent.device(), recorded.event().id());
      }
      return recorded;
    } finally {
      gate.leave(intent.device());
    }
  }

  private static Intent intent(Bdf device, Op op, @Nullable UUID request) {
    return new Intent(device, OpScript.format(op), request);
  }

  private OpExecutor executor(Bdf device) {
    OpExecutor known = executors.get(device);
    if ((known == null || !known.isOpen()) && !devices.get().contains(device)) {
      throw new IllegalArgumentException("not a device of this agent: " + device);
    }
    return known != null ? known : executors.computeIfAbsent(device, this::newExecutor);
  }

  private OpExecutor newExecutor(Bdf device) {
    return new OpExecutor(vfio, device, explain, nanoTime);
  }
}
