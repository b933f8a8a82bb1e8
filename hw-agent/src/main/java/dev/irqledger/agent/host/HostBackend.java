package dev.irqledger.agent.host;

import dev.irqledger.agent.status.Resources;
import dev.irqledger.agent.sysfs.DriverBinding;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agent runs on. Safe for use by many threads. */
public interface HostBackend extends AutoCloseable {
  /** The calls. Closed with this. */
  Vfio vfio();

  /** Which devices can be acted on now. */
  Set<Bdf> devices();

  /**
   * What the kernel shows of the vectors that VFIO has of a device; {@link KernelView#NOTHING} of
   * one that no VFIO driver has, also where another driver has vectors of it.
   *
   * @throws VfioException if the kernel cannot be asked
   */
  KernelView shown(Bdf device);

  /** Words for a device that cannot be opened: the cause and the remedy, on one line. */
  String explain(Bdf device, VfioException e);

  /** Words for a device that is none of {@link #devices}: the cause and the remedy, on one line. */
  String whyNot(Bdf device);

  /** What the host has to give now. */
  Resources resources();

  /** How devices are taken from their drivers; null where there are no drivers. */
  @Nullable DriverBinding binding();

  @Override
  void close();
}
