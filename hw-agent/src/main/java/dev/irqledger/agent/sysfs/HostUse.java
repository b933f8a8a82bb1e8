package dev.irqledger.agent.sysfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a host's interrupt resources.
 *
 * @param drivers the host's own drivers, by name; vfio drivers are not among them
 * @param units the interrupt-remapping tables, by name; empty where remapping is off or unknown
 */
public record HostUse(List<DriverUse> drivers, List<UnitUse> units) {
  /**
   * @param driver its name, such as {@code nvme}
   * @param irqs how many Linux irqs its PCI devices hold as MSI or MSI-X
   */
  public record DriverUse(String driver, int irqs) {}

  /**
   * @param unit the IOMMU, such as {@code dmar0}
   * @param entriesTotal how many entries its table has; null where that is not known
   * @param entriesUsed how many are in use by anybody
   */
  public record UnitUse(String unit, @Nullable Integer entriesTotal, int entriesUsed) {}

  public HostUse {
    drivers = List.copyOf(drivers);
    units = List.copyOf(units);
  }
}
