package dev.irqledger.core.device;

/** The flag bits of {@code struct vfio_irq_set} ({@code include/uapi/linux/vfio.h}). */
public final class IrqSetFlags {
  public static final int DATA_NONE = 1;
  public static final int DATA_BOOL = 2;
  public static final int DATA_EVENTFD = 4;
  public static final int ACTION_MASK = 8;
  public static final int ACTION_UNMASK = 16;
  public static final int ACTION_TRIGGER = 32;

  /** All three data types. */
  public static final int DATA_TYPES = DATA_NONE | DATA_BOOL | DATA_EVENTFD;

  /** All three actions. */
  public static final int ACTIONS = ACTION_MASK | ACTION_UNMASK | ACTION_TRIGGER;

  private IrqSetFlags() {}
}
