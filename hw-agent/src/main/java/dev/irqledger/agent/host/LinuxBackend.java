package dev.irqledger.agent.host;

import dev.irqledger.agent.linux.Access;
import dev.irqledger.agent.linux.LinuxVfio;
import dev.irqledger.agent.status.Resources;
import dev.irqledger.agent.sysfs.DriverBinding;
import dev.irqledger.agent.sysfs.HostSurvey;
import dev.irqledger.agent.sysfs.HostUse;
import dev.irqledger.agent.sysfs.Sysfs;
import dev.irqledger.agent.sysfs.VfioDiagnosis;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.KernelView;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The host that this process runs on. */
public final class LinuxBackend implements HostBackend {
  private final Sysfs sysfs = Sysfs.ofHost();
  private final LinuxVfio vfio = new LinuxVfio(sysfs, Access.AUTO);
  private final VfioDiagnosis diagnosis = new VfioDiagnosis(sysfs, Path.of("/dev"));
  private final DriverBinding binding = new DriverBinding(sysfs);
  private final HostSurvey survey = new HostSurvey(sysfs);
  private final Set<Bdf> chosen;
  private volatile Supplier<CpuVectorPool> cpuVectors = () -> CpuVectorPool.UNKNOWN;

  /** How many CPU vectors there are, as far as somebody saw. */
  public record CpuVectorPool(OptionalInt total, OptionalInt free) {
    public static final CpuVectorPool UNKNOWN =
        new CpuVectorPool(OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * @param chosen which devices may be acted on; none stands for all that are bound to vfio-pci
   */
  public LinuxBackend(Collection<Bdf> chosen) {
    this.chosen = Set.copyOf(chosen);
  }

  public Sysfs sysfs() {
    return sysfs;
  }

  /** Says who knows what was last seen of the CPUs' vectors. */
  public void cpuVectorsFrom(Supplier<CpuVectorPool> observer) {
    cpuVectors = observer;
  }

  @Override
  public LinuxVfio vfio() {
    return vfio;
  }

  @Override
  public Set<Bdf> devices() {
    return chosen.isEmpty() ? new TreeSet<>(sysfs.vfioDevices()) : chosen;
  }

  @Override
  public KernelView shown(Bdf device) {
    return sysfs.vfioDevices().contains(device)
        ? vfio.look(device, 0, KernelView.MAX_VECTORS)
        : KernelView.NOTHING;
  }

  @Override
  public String explain(Bdf device, VfioException e) {
    return diagnosis.explain(device, e);
  }

  @Override
  public String whyNot(Bdf device) {
    return chosen.isEmpty()
        ? diagnosis.explain(device, new VfioException("open", Errno.ENODEV.number()))
        : "the agent of this host does not act on " + device + ", but on " + chosen;
  }

  @Override
  public Resources resources() {
    HostUse use = survey.take();
    CpuVectorPool pool = cpuVectors.get();
    return new Resources(
        pool.total(),
        pool.free(),
        use.units().stream().map(LinuxBackend::unit).toList(),
        use.drivers().stream()
            .map(driver -> new Resources.Driver(driver.driver(), driver.irqs()))
            .toList());
  }

  private static Resources.Unit unit(HostUse.UnitUse use) {
    Integer total = use.entriesTotal();
    return new Resources.Unit(
        use.unit(),
        total == null ? OptionalInt.empty() : OptionalInt.of(total),
        OptionalInt.of(use.entriesUsed()));
  }

  @Override
  public @Nullable DriverBinding binding() {
    return binding;
  }

  @Override
  public void close() {
    vfio.close();
  }
}
