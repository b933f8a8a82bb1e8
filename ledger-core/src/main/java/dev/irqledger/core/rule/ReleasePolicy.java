package dev.irqledger.core.rule;

/**
 * When an irq whose trigger was removed is freed. vfio-pci keeps it until the mode is left; the
 * others answer what would have been otherwise, and concern devices with dynamic MSI-X only, since
 * no other can free one irq alone. To them a trigger that a failed block unwound was removed, too;
 * an irq that never had a trigger stays.
 */
public sealed interface ReleasePolicy {
  /** Today's kernel: keep until the mode is disabled or the device released. */
  ReleasePolicy KERNEL = new Keep();

  /** Keep until teardown. */
  record Keep() implements ReleasePolicy {}

  /** Free as soon as the trigger is removed. */
  record FreeOnClear() implements ReleasePolicy {}

  /** Free as soon as the trigger is removed, if the irq was allocated after the enable. */
  record FreeDynamicOnClear() implements ReleasePolicy {}

  /**
   * Keep the most recently cached ones. Each device has a cache of its own, since all that vfio-pci
   * knows of irqs belongs to a device.
   *
   * @param most how many cached irqs a device may keep, 0 or more
   */
  record LruCap(int most) implements ReleasePolicy {
    public LruCap {
      if (most < 0) {
        throw new IllegalArgumentException("a cap is 0 or more, not " + most);
      }
    }
  }
}
