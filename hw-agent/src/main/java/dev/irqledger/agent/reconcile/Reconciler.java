package dev.irqledger.agent.reconcile;

import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.publish.Drainer;
import dev.irqledger.agent.publish.HostLog;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Drift;
import dev.irqledger.core.state.DeviceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the log says of a host with what its kernel shows, and takes down the difference.
 */
public final class Reconciler {
  /** How long the log may take to be written, and to be read. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final HostLedger ledger;
  private final Drainer drainer;
  private final HostLog log;
  private final HostBackend host;

  public Reconciler(HostLedger ledger, Drainer drainer, HostLog log, HostBackend host) {
    this.ledger = ledger;
    this.drainer = drainer;
    this.log = log;
    this.host = host;
  }

  /**
   * Compares.
   *
   * @param only null for every device that the log or the host has
   * @return what differs, a line each; the log has what the kernel shows instead when this returns
   * @throws PublishException if the log cannot be written or read
   */
  public List<String> reconcile(@Nullable Bdf only) {
    drain();
    Map<Bdf, DeviceState> logged =
        LoggedStates.read(log.cluster(), log.partitions(), ledger.self().host(), PATIENCE);
    Set<Bdf> devices = new TreeSet<>(host.devices());
    devices.addAll(logged.keySet());
    List<String> drift = new ArrayList<>();
    for (Bdf device : only == null ? devices : Set.of(only)) {
      DeviceKey key = ledger.self().key(device);
      compare(device, logged.getOrDefault(device, DeviceState.unseen(key)), drift);
    }
    drain();
    return drift;
  }

  private void compare(Bdf device, DeviceState state, List<String> drift) {
    KernelView view;
    try {
      view = host.vfio().look(device, 0, KernelView.MAX_VECTORS);
    } catch (VfioException e) {
      drift.add(device + ": cannot be looked at: " + e.getMessage());
      return;
    }
    List<String> differences = Drift.between(state, view);
    differences.forEach(difference -> drift.add(device + ": " + difference));
    if (state.uncertain() && differences.isEmpty()) {
      drift.add(device + ": the ledger was uncertain, the kernel shows the same");
    }
    if (state.uncertain() || !differences.isEmpty()) {
      Recorded recorded =
          ledger.record(
              device, Source.OBSERVED_STATE, ledger.self().actor(), new StateObserved(view));
      var _ = recorded.awaitDurable();
    }
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
