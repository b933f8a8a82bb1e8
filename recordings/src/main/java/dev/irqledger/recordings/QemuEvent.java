package dev.irqledger.recordings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace events of QEMU that stand for calls, as {@code hw/vfio/trace-events} declares them.
 * {@link QemuCalls} says which calls. All others stand for none: among them {@code vfio_pci_reset}
 * (an intention: what was done follows), {@code vfio_msix_vector_release} (at most another eventfd
 * for the same vector, which stays armed), {@code vfio_msi_interrupt}, and the events of KVM's
 * shortcut, of the pending bits and of memory regions.
 */
enum QemuEvent {
  GET_DEVICE("Device (\\S+) flags: [0-9]+, regions: [0-9]+, irqs: [0-9]+.*"),
  MSIX_EARLY_SETUP("(\\S+) PCI MSI-X CAP .*?, entries ([0-9]{1,5})(?:, noresize ([01]))?"),
  DETACH_DEVICE("\\((\\S+)\\) group -?[0-9]+"),
  INTX_ENABLE("\\((\\S+)\\)"),
  INTX_DISABLE("\\((\\S+)\\)"),
  MSIX_ENABLE("\\((\\S+)\\)"),
  MSIX_VECTOR_DO_USE("\\((\\S+)\\) vector ([0-9]{1,5}) used"),
  MSIX_DISABLE("\\((\\S+)\\)"),
  MSI_ENABLE("\\((\\S+)\\) Enabled ([0-9]{1,5}) MSI vectors"),
  MSI_DISABLE("\\((\\S+)\\)"),
  PCI_RESET_FLR("(\\S+) FLR/VFIO_DEVICE_RESET"),
  PCI_RESET_PM("(\\S+) PCI PM Reset");

  private final Pattern arguments;

  QemuEvent(String arguments) {
    this.arguments = Pattern.compile(arguments);
  }

  /** The event of that name, or null where it stands for no call. */
  static @Nullable QemuEvent named(String name) {
    return switch (name) {
      // Later versions turned these two names round.
      case "vfio_get_device", "vfio_device_get" -> GET_DEVICE;
      case "vfio_detach_device", "vfio_device_detach" -> DETACH_DEVICE;
      case "vfio_msix_early_setup" -> MSIX_EARLY_SETUP;
      case "vfio_intx_enable" -> INTX_ENABLE;
      case "vfio_intx_disable" -> INTX_DISABLE;
      case "vfio_msix_enable" -> MSIX_ENABLE;
      case "vfio_msix_vector_do_use" -> MSIX_VECTOR_DO_USE;
      case "vfio_msix_disable" -> MSIX_DISABLE;
      case "vfio_msi_enable" -> MSI_ENABLE;
      case "vfio_msi_disable" -> MSI_DISABLE;
      case "vfio_pci_reset_flr" -> PCI_RESET_FLR;
      case "vfio_pci_reset_pm" -> PCI_RESET_PM;
      default -> null;
    };
  }

  /** The arguments: the device's address, then the numbers if the event has any. */
  Matcher arguments(QemuLine line) throws MalformedLineException {
    Matcher matcher = arguments.matcher(line.arguments());
    if (!matcher.matches()) {
      throw new MalformedLineException(line.event() + ": not the arguments that QEMU prints");
    }
    return matcher;
  }
}
