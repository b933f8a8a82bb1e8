package dev.irqledger.agent.observe;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Drift;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that are to be looked at, and what is made of what they show: an event where it tells
 * the log anything, else nothing.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final ObservedHost host;
  private final ObservedEvents events;
  private final Set<Bdf> due = new LinkedHashSet<>();
  private final Set<Bdf> evenIfNothingNew = new HashSet<>();
  private Set<Bdf> watched;

  /**
   * The devices that were looked at. The first look of an epoch is always told: the state that its
   * events add up to says nothing of what the epochs before left in the ledger.
   */
  private final Set<Bdf> seen = new HashSet<>();

  /** Tells whether a device was left alone while it was looked at. */
  interface Calm {
    /** True where no call on the device is under way now. */
    boolean begins(Bdf device);

    /** True where none was since {@link #begins}. */
    boolean lasted(Bdf device, KernelView view);
  }

  Snapshots(ObservedHost host, ObservedEvents events) {
    this.host = host;
    this.events = events;
    this.watched = Set.copyOf(host.heldBefore());
  }

  void add(Bdf device) {
    due.add(device);
  }

  /** All devices, because it is time. */
  void addAll() {
    Set<Bdf> now = new LinkedHashSet<>(host.devices().get());
    watched.stream().filter(device -> !now.contains(device)).forEach(this::gone);
    due.addAll(now);
    watched = now;
  }

  /** All devices, whatever they show: what was known of them is not certain any more. */
  void addAllUncertain() {
    addAll();
    evenIfNothingNew.addAll(watched);
  }

  boolean isEmpty() {
    return due.isEmpty();
  }

  /** Looks at all that are due; those that were not calm stay so. */
  void take(Calm calm) {
    for (Bdf device : new ArrayList<>(due)) {
      if (host.ownDevice().test(device)) {
        due.remove(device);
      } else if (calm.begins(device)) {
        take(device, calm);
      }
    }
  }

  private void take(Bdf device, Calm calm) {
    KernelView view = look(device);
    if (view == null) {
      due.remove(device); // until the next round
      return;
    }
    long micros = host.clock().nowMicros();
    if (calm.lasted(device, view)) {
      due.remove(device);
      boolean wanted = evenIfNothingNew.remove(device);
      if (tells(device, view) || wanted) {
        record(device, view, micros);
      }
    }
  }

  /** What the kernel shows; null where that cannot be read. */
  @Nullable KernelView look(Bdf device) {
    try {
      return host.look().apply(device);
    } catch (VfioException e) {
      LOG.warn("{}: what the kernel shows cannot be read: {}", device, e.getMessage());
      return null;
    }
  }

  private boolean tells(Bdf device, KernelView view) {
    return seen.add(device) || Drift.tells(host.known().apply(device), view);
  }

  /**
   * A device that vfio gave back holds nothing there; what another driver makes of it is not ours.
   */
  private void gone(Bdf device) {
    due.remove(device);
    evenIfNothingNew.remove(device);
    if (!host.ownDevice().test(device) && tells(device, KernelView.NOTHING)) {
      record(device, KernelView.NOTHING, host.clock().nowMicros());
    }
  }

  private void record(Bdf device, KernelView view, long micros) {
    events.record(device, Source.OBSERVED_STATE, Actor.UNKNOWN, new StateObserved(view), micros);
  }
}
