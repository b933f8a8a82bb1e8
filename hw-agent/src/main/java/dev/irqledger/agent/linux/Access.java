package dev.irqledger.agent.linux;

/** Which of the kernel's two ways to a device's descriptor is gone. */
public enum Access {
  /**
   * By groups where the kernel has them, else by the character device. Groups come first because
   * every kernel since 3.6 has them unless built without ({@code CONFIG_VFIO_GROUP}): so hosts of
   * all ages are treated alike, and one group's devices are the agent's or another's as a whole, as
   * VMMs expect it. A group that is there and refuses is an error, not a reason to try the other
   * way: the kernel would refuse there too, with an errno that tells less.
   */
  AUTO,
  /** {@code /dev/vfio/GROUP} and the container {@code /dev/vfio/vfio}. */
  GROUP,
  /** {@code /dev/vfio/devices/vfioN} and {@code /dev/iommu}. */
  CHARACTER_DEVICE
}
