package dev.irqledger.agent.reconcile;

import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.publish.Drainer;
import dev.irqledger.agent.publish.HostLog;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Drift;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.LogHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the log says of a host with what its kernel shows, and takes down the difference.
 */
public final class Reconciler {
  /** How long the log may take to be written, and to be read. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** So often the log is read for a device that goes on changing. */
  private static final int ATTEMPTS = 5;

  private final HostLedger ledger;
  private final Drainer drainer;
  private final HostLog log;
  private final Stillness stillness;

  public Reconciler(HostLedger ledger, Drainer drainer, HostLog log, Stillness stillness) {
    this.ledger = ledger;
    this.drainer = drainer;
    this.log = log;
    this.stillness = stillness;
  }

  /**
   * Compares.
   *
   * @param devices those that the host has
   * @param only null for every device that the log or the host has
   * @return what came of it; the log has what the kernel shows when this returns
   * @throws PublishException if the log cannot be written or read
   */
  public Reconciled reconcile(Collection<Bdf> devices, @Nullable Bdf only) {
    Comparison comparison = new Comparison();
    Map<Bdf, DeviceState> logged = logged();
    Set<Bdf> left = new TreeSet<>(logged.keySet());
    left.addAll(devices);
    if (only != null) {
      left.retainAll(Set.of(only));
      if (left.isEmpty()) {
        comparison.cannot(only, "neither the ledger nor the host has such a device");
      }
    }
    compare(left, logged, comparison);
    for (int i = 1; i < ATTEMPTS && !left.isEmpty(); i++) {
      compare(left, logged(), comparison);
    }
    left.forEach(device -> comparison.cannot(device, "it does not rest: try again later"));
    drain();
    return new Reconciled(comparison.lines, comparison.differences, comparison.notCompared);
  }

  /** Those that remain changed since the log was read. */
  private void compare(Set<Bdf> left, Map<Bdf, DeviceState> logged, Comparison comparison) {
    left.removeIf(device ->
        comparison.done(
            device, logged.getOrDefault(device, DeviceState.unseen(ledger.self().key(device)))));
  }

  private Map<Bdf, DeviceState> logged() {
    drain();
    return LoggedStates.read(log.cluster(), log.partitions(), ledger.self().host(), PATIENCE);
  }

  /** What was found so far. */
  private final class Comparison {
    private final List<String> lines = new ArrayList<>();
    private int differences;
    private int notCompared;

    void cannot(Bdf device, String reason) {
      lines.add(device + ": cannot be compared: " + reason);
      notCompared++;
    }

    /** False if the device changed since its state was in the log. */
    boolean done(Bdf device, DeviceState state) {
      AtomicBoolean rested = new AtomicBoolean();
      List<String> drift = new ArrayList<>();
      List<Recorded> recorded = new ArrayList<>();
      try {
        boolean looked =
            stillness.look(
                device,
                view -> {
                  if (hasAll(state, ledger.state(device).head())) {
                    rested.set(true);
                    drift.addAll(drift(state, view));
                    if (!drift.isEmpty()) {
                      recorded.add(takeDown(device, view));
                    }
                  }
                });
        if (!looked || !rested.get()) {
          return false;
        }
      } catch (VfioException e) {
        cannot(device, String.valueOf(e.getMessage()));
        return true;
      }
      recorded.forEach(Recorded::awaitDurable);
      drift.forEach(difference -> lines.add(device + ": " + difference));
      differences += drift.size();
      return true;
    }
  }

  /** Whether a state has all events that were taken down of its device so far. */
  private static boolean hasAll(DeviceState state, LogHead last) {
    LogHead head = state.head();
    return last.epoch() == LogHead.START.epoch()
        || (head.epoch() == last.epoch() && head.sequence() == last.sequence());
  }

  private static List<String> drift(DeviceState state, KernelView view) {
    List<String> differences = Drift.between(state, view);
    return state.uncertain() && differences.isEmpty()
        ? List.of("the ledger was uncertain, the kernel shows the same")
        : differences;
  }

  private Recorded takeDown(Bdf device, KernelView view) {
    return ledger.record(
        device, Source.OBSERVED_STATE, ledger.self().actor(), new StateObserved(view));
  }

  private void drain() {
    try {
      drainer.awaitConnected();
      if (!drainer.awaitDrained(PATIENCE)) {
        PublishException failure = drainer.failure();
        throw failure != null
            ? failure
            : new PublishException(
                PublishException.Kind.UNREACHABLE,
                "the log does not take the journal's events: try again later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException(
          PublishException.Kind.UNREACHABLE, "interrupted before the log had all events", e);
    }
  }
}
