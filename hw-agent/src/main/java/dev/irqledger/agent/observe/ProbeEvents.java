package dev.irqledger.agent.observe;

import java.util.List;

/**
 * The dynamic events, in the words of {@code Documentation/trace/fprobetrace.rst}. Their arguments
 * are the functions' own, found through BTF.
 *
 * <p>{@code vfio_pci_set_irqs_ioctl} of {@code drivers/vfio/pci/vfio_pci_core.c} is reached by
 * every {@code VFIO_DEVICE_SET_IRQS} that passed the argument checks, with the data copied from the
 * program, and by {@code vfio_pci_core_disable} at a device's last close. A device opened by
 * several descriptors reaches the latter once.
 */
final class ProbeEvents {
  /** Nobody else's, so that what is left of a former run can be told. */
  static final String GROUP = "irq_ledger";

  /** The kernel's longest array: {@code MAX_ARRAY_LEN} of {@code kernel/trace/trace_probe.h}. */
  static final int MOST_FDS = 64;

  static final String SET_IRQS = "vfio_pci_set_irqs_ioctl";
  static final String RELEASE = "vfio_pci_core_disable";

  private static final String BDF = "bdf=+0(vdev->pdev->dev.kobj.name):string";

  private ProbeEvents() {}

  /**
   * The definitions, in the order in which they are made.
   *
   * @param fds how many descriptors of a call are fetched, 1 to {@link #MOST_FDS}
   */
  static List<String> definitions(int fds) {
    return List.of(
        "f:%s/vfio_release %s %s".formatted(GROUP, RELEASE, BDF),
        "f:%s/set_irqs %s index=index:u32 start=start:u32 count=count:u32 flags=flags:u32 %s fds=+0(data):s32[%d]"
            .formatted(GROUP, SET_IRQS, BDF, fds),
        "f:%s/set_irqs_ret %s%%return ret=$retval:s32".formatted(GROUP, SET_IRQS));
  }
}
