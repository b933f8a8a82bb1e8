package dev.irqledger.agent.vfio;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.OpenDevice;
import dev.irqledger.core.device.VfioCall;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.fold.HostTotals;
import dev.irqledger.core.rule.Outcome;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.rule.VfioPciModel;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

/**
 * A host in memory: devices whose interrupts follow the core's rules, over pools that all of them
 * share. Safe for use by many threads; one lock makes each call atomic, as the kernel's do.
 */
public final class ModelledHost {
  private final String name;
  private final KernelRelease kernel;
  private final InstantSource clock;
  private final String bootId;
  private final Pools pools;
  private final Map<Bdf, Slot> slots = new TreeMap<>();
  private HostTotals totals = HostTotals.ZERO;

  /** A device in its slot, and what its interrupts are now. */
  private static final class Slot {
    private final ModelledDevice device;
    private DeviceState state;

    Slot(ModelledDevice device, DeviceState state) {
      this.device = device;
      this.state = state;
    }
  }

  /** A host without devices. */
  public ModelledHost(
      String name, KernelRelease kernel, HostCapacity capacity, InstantSource clock) {
    this(name, kernel, capacity, clock, UUID.randomUUID().toString());
  }

  /** A host without devices, in that boot. */
  public ModelledHost(
      String name,
      KernelRelease kernel,
      HostCapacity capacity,
      InstantSource clock,
      String bootId) {
    this.name = name;
    this.kernel = kernel;
    this.clock = clock;
    this.bootId = bootId;
    this.pools = new Pools(capacity);
  }

  public HostCapacity capacity() {
    return pools.capacity();
  }

  public String name() {
    return name;
  }

  public KernelRelease kernel() {
    return kernel;
  }

  /** Names the time from this host's making on. */
  public String bootId() {
    return bootId;
  }

  /**
   * Puts a device into the host.
   *
   * @throws IllegalArgumentException if there is one at that address
   */
  public synchronized void add(Bdf bdf, ModelledDevice device) {
    DeviceState state = DeviceState.unseen(new DeviceKey(name, bdf));
    if (slots.putIfAbsent(bdf, new Slot(device, state)) != null) {
      throw new IllegalArgumentException("the host has two devices at " + bdf);
    }
  }

  /** Puts one of the known kinds of device into the host, in an IOMMU group of its own. */
  public synchronized void add(Bdf bdf, DevicePreset preset) {
    add(bdf, preset.device(kernel, slots.size() + 1));
  }

  /** The addresses of its devices, rising. */
  public synchronized List<Bdf> devices() {
    return List.copyOf(slots.keySet());
  }

  /** Starts a process on the host, which holds no descriptor yet. */
  public ModelledVfio startProcess() {
    return new ModelledVfio(this);
  }

  /**
   * A device's interrupts as they are, with what the kernel would not show.
   *
   * @throws VfioException if the host has no such device
   */
  public synchronized Interrupts interrupts(Bdf bdf) {
    return slot(bdf).state.interrupts();
  }

  /** What all its devices hold together, and the most they ever held. */
  public synchronized HostTotals totals() {
    return totals;
  }

  synchronized ModelledDevice device(Bdf bdf) {
    return slot(bdf).device;
  }

  /**
   * @throws VfioException if the device is held already, or there is none
   */
  synchronized void open(Bdf bdf) {
    Slot slot = slot(bdf);
    OpenDevice call = new OpenDevice(kernel, slot.device.capabilities());
    int result = apply(bdf, call, _ -> 0).result();
    if (result != 0) {
      throw new VfioException("open", -result);
    }
  }

  synchronized void release(Bdf bdf) {
    apply(bdf, new CloseDevice(), _ -> 0);
  }

  /**
   * Makes a call on a device.
   *
   * @param eventfds what a descriptor of the caller is: 0 for an eventfd, else a negated errno
   */
  synchronized Outcome apply(Bdf bdf, VfioCall call, IntUnaryOperator eventfds) {
    Slot slot = slot(bdf);
    DeviceState before = slot.state;
    HostEnvironment environment = new HostEnvironment(pools, eventfds, nowMicros());
    Outcome outcome = VfioPciModel.apply(before, call, ReleasePolicy.KERNEL, environment);
    slot.state = outcome.state();
    pools.moved(before.interrupts().vectors(), slot.state.interrupts().vectors());
    totals = totals.plus(before, slot.state);
    return outcome;
  }

  synchronized KernelView look(Bdf bdf, int from, int to) {
    Interrupts interrupts = slot(bdf).state.interrupts();
    List<KernelView.Seen> seen = new ArrayList<>();
    int v = from < to ? interrupts.vectors().next(from) : -1;
    for (; v >= 0 && v < to; v = interrupts.vectors().next(v + 1)) {
      VectorState state = interrupts.vectors().get(v);
      if (state != null) {
        seen.add(new KernelView.Seen(v, state.irq(), state.armed()));
      }
    }
    return new KernelView(shownMode(interrupts), from, to, seen);
  }

  /** INTx without a trigger leaves nothing to see. */
  private static InterruptMode shownMode(Interrupts interrupts) {
    boolean hidden =
        interrupts.mode() == InterruptMode.INTX && Eventfd.removes(interrupts.intxTrigger());
    return hidden ? InterruptMode.NONE : interrupts.mode();
  }

  private Slot slot(Bdf bdf) {
    Slot slot = slots.get(bdf);
    if (slot == null) {
      throw new VfioException("finding " + bdf, Errno.ENODEV);
    }
    return slot;
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
