package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.InterruptMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a host's devices hold of its interrupt resources, from the {@code msi_irqs} of every
 * PCI device and the irqs' {@code chip_name}. CPU vectors cannot be told from there.
 *
 * <p>An irq behind interrupt remapping has a chip whose name begins with {@code IR-}, or {@code
 * vIR-} under an emulated Intel IOMMU ({@code drivers/iommu/intel/irq_remapping.c}, {@code
 * drivers/iommu/amd/iommu.c}). No sign tells under which unit an IO-APIC or HPET stands: their irqs
 * are counted where the host has a single unit, else left out.
 */
public final class HostSurvey {
  /** {@code INTR_REMAP_TABLE_ENTRIES}, {@code drivers/iommu/intel/iommu.h}. */
  private static final int INTEL_ENTRIES = 65_536;

  private static final String INTEL_UNIT = "dmar";

  private final Sysfs sysfs;

  /** The MSI and MSI-X irqs of one device. */
  private record Held(Bdf device, @Nullable String unit, List<String> irqs) {}

  public HostSurvey(Sysfs sysfs) {
    this.sysfs = sysfs;
  }

  /**
   * Looks at all devices, one after another.
   *
   * @throws VfioException if something cannot be read
   */
  public HostUse take() {
    List<Held> held = sysfs.devices().stream().map(this::held).toList();
    return new HostUse(drivers(held), units(held));
  }

  private Held held(Bdf device) {
    Path home = sysfs.home(device);
    return new Held(
        device,
        Attributes.linkName(home.resolve("iommu")),
        Attributes.names(home.resolve("msi_irqs")));
  }

  private List<HostUse.DriverUse> drivers(List<Held> held) {
    Map<String, Integer> irqs = new TreeMap<>();
    for (Held one : held) {
      String driver = sysfs.driver(one.device);
      if (driver != null && !one.irqs.isEmpty() && !sysfs.isVfio(one.device)) {
        irqs.merge(driver, one.irqs.size(), Integer::sum);
      }
    }
    List<HostUse.DriverUse> uses = new ArrayList<>();
    irqs.forEach((driver, count) -> uses.add(new HostUse.DriverUse(driver, count)));
    return uses;
  }

  private List<HostUse.UnitUse> units(List<Held> held) {
    Map<String, Integer> used = new TreeMap<>();
    Attributes.names(sysfs.sys().resolve("class/iommu")).forEach(unit -> used.put(unit, 0));
    List<String> others = remappedOthers(held);
    boolean isRemapping = !others.isEmpty();
    for (Held one : held) {
      if (one.irqs.stream().findAny().filter(this::isRemapped).isPresent()) {
        isRemapping = true;
        if (one.unit != null) {
          used.merge(one.unit, entries(one), Integer::sum);
        }
      }
    }
    if (used.size() == 1) {
      used.replaceAll((_, count) -> count + others.size());
    }
    return isRemapping ? uses(used) : List.of();
  }

  private static List<HostUse.UnitUse> uses(Map<String, Integer> used) {
    List<HostUse.UnitUse> uses = new ArrayList<>();
    used.forEach((unit, count) -> uses.add(new HostUse.UnitUse(unit, total(unit), count)));
    return uses;
  }

  /**
   * An AMD unit has no table of its own but one for each device ({@code MAX_IRQS_PER_TABLE}, {@code
   * drivers/iommu/amd/amd_iommu_types.h}), so there is no total to tell.
   */
  private static @Nullable Integer total(String unit) {
    return unit.startsWith(INTEL_UNIT) ? INTEL_ENTRIES : null;
  }

  /**
   * On Intel, a device with several MSI vectors holds a block of entries, whose size is a power of
   * two ({@code alloc_irte}, {@code drivers/iommu/intel/irq_remapping.c}).
   */
  private int entries(Held one) {
    int irqs = one.irqs.size();
    Path file = sysfs.home(one.device).resolve("msi_irqs").resolve(one.irqs.getFirst());
    boolean isBlock =
        InterruptMode.MSI.label().equals(Attributes.readIfThere(file))
            && String.valueOf(one.unit).startsWith(INTEL_UNIT);
    return isBlock && irqs > 1 ? Integer.highestOneBit(irqs - 1) << 1 : irqs;
  }

  /** Remapped irqs that are no PCI device's MSI or MSI-X. */
  private List<String> remappedOthers(List<Held> held) {
    Set<String> messages = new HashSet<>();
    held.forEach(one -> messages.addAll(one.irqs));
    return Attributes.names(sysfs.irqs()).stream()
        .filter(irq -> !messages.contains(irq))
        .filter(this::isRemapped)
        .toList();
  }

  private boolean isRemapped(String irq) {
    String chip = Attributes.readIfThere(sysfs.irqs().resolve(irq).resolve("chip_name"));
    return chip != null && (chip.startsWith("IR-") || chip.startsWith("vIR-"));
  }
}
