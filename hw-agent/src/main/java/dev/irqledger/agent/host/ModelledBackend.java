package dev.irqledger.agent.host;

import dev.irqledger.agent.status.Resources;
import dev.irqledger.agent.sysfs.DriverBinding;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host in memory. */
public final class ModelledBackend implements HostBackend {
  private final ModelledHost host;
  private final Vfio vfio;

  public ModelledBackend(ModelledHost host) {
    this(host, host.startProcess());
  }

  /**
   * @param vfio a process on that host; closed with this
   */
  public ModelledBackend(ModelledHost host, Vfio vfio) {
    this.host = host;
    this.vfio = vfio;
  }

  @Override
  public Vfio vfio() {
    return vfio;
  }

  @Override
  public Set<Bdf> devices() {
    return Set.copyOf(host.devices());
  }

  @Override
  public KernelView shown(Bdf device) {
    return devices().contains(device)
        ? vfio.look(device, 0, KernelView.MAX_VECTORS)
        : KernelView.NOTHING;
  }

  @Override
  public String explain(Bdf device, VfioException e) {
    return String.valueOf(e.getMessage());
  }

  @Override
  public String whyNot(Bdf device) {
    return "the agent of this host does not act on " + device + ", but on " + devices();
  }

  @Override
  public Resources resources() {
    HostCapacity capacity = host.capacity();
    Resources.Unit unit =
        new Resources.Unit(
            HostCapacity.REMAPPING_UNIT, OptionalInt.of(capacity.irtes()), OptionalInt.empty());
    return new Resources(
        OptionalInt.of(capacity.cpuVectors()), OptionalInt.empty(), List.of(unit), List.of());
  }

  @Override
  public @Nullable DriverBinding binding() {
    return null;
  }

  @Override
  public void close() {
    vfio.close();
  }
}
