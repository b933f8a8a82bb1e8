package dev.irqledger.agent.vfio;

/**
 * How much of the two pools a host can give to passed-through devices.
 *
 * @param cpuVectors how many vectors may have a trigger at once
 * @param irtes how many vectors may hold an irq, and with it an interrupt-remapping entry, at once
 */
public record HostCapacity(int cpuVectors, int irtes) {
  /** The IOMMU whose remapping entries these are: a modelled host has one. */
  public static final String REMAPPING_UNIT = "dmar0";

  /** What a host with two CPUs and one Intel IOMMU had left beside its own interrupts. */
  public static final HostCapacity TWO_CPUS = new HostCapacity(387, 65_536);

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public HostCapacity {
    if (cpuVectors < 0 || irtes < 0) {
      throw new IllegalArgumentException(
          "a pool holds 0 or more: " + cpuVectors + " CPU vectors, " + irtes + " IRTEs");
    }
  }
}
