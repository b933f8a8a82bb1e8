package dev.irqledger.agent.status;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a host has to give. Empty is what cannot be known.
 *
 * @param cpuVectorsTotal CPU vectors of all online CPUs that devices can use, from 0
 * @param cpuVectorsFree those that nobody uses, from 0
 * @param units the interrupt-remapping tables; empty where they are not known
 * @param drivers what the host's own drivers hold; empty where it is not known
 */
public record Resources(
    OptionalInt cpuVectorsTotal,
    OptionalInt cpuVectorsFree,
    List<Unit> units,
    List<Driver> drivers) {
  public static final Resources UNKNOWN =
      new Resources(OptionalInt.empty(), OptionalInt.empty(), List.of(), List.of());

  /**
   * One IOMMU's interrupt-remapping table.
   *
   * @param name the IOMMU, such as {@code dmar0}
   * @param total how many entries it has, from 0
   * @param used how many are in use by anybody, from 0
   */
  public record Unit(String name, OptionalInt total, OptionalInt used) {}

  /**
   * What the devices of one driver of the host hold.
   *
   * @param name the driver, such as {@code e1000e}
   * @param irqs how many Linux irqs, from 0
   */
  public record Driver(String name, int irqs) {}

  public Resources {
    units = List.copyOf(units);
    drivers = List.copyOf(drivers);
  }
}
