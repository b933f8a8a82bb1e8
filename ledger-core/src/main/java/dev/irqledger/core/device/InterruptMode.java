package dev.irqledger.core.device;

/**
 * Which of INTx, MSI and MSI-X a device has in use; at most one at a time. {@code ERR} and {@code
 * REQ} are no modes: their eventfds stand beside it.
 */
public enum InterruptMode {
  NONE("none"),
  INTX("intx"),
  MSI("msi"),
  MSIX("msix");

  private final String label;

  InterruptMode(String label) {
    this.label = label;
  }

  /** The lower-case name that traces, JSON and tables use. */
  public String label() {
    return label;
  }

  /** True for the two modes that allocate vectors. */
  public boolean hasVectors() {
    return this == MSI || this == MSIX;
  }

  /**
   * The index whose calls enable it.
   *
   * @throws IllegalStateException for NONE
   */
  public IrqIndex index() {
    return switch (this) {
      case INTX -> IrqIndex.INTX;
      case MSI -> IrqIndex.MSI;
      case MSIX -> IrqIndex.MSIX;
      case NONE -> throw new IllegalStateException("no index enables no interrupts");
    };
  }

  /** The mode that the index enables; NONE for ERR and REQ, which enable none. */
  public static InterruptMode of(IrqIndex index) {
    return switch (index) {
      case INTX -> INTX;
      case MSI -> MSI;
      case MSIX -> MSIX;
      case ERR, REQ -> NONE;
    };
  }

  /**
   * The mode of that lower-case name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static InterruptMode ofLabel(String label) {
    for (InterruptMode mode : values()) {
      if (mode.label.equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "not an interrupt mode: '" + label + "' (none, intx, msi or msix)");
  }
}
