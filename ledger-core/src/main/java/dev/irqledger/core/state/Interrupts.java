package dev.irqledger.core.state;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;

/**
 * All interrupts of a device. Triggers are written as {@link Eventfd} says.
 *
 * @param mode which of INTx, MSI and MSI-X is in use
 * @param vectors the allocated vectors; empty unless the mode is MSI or MSI-X
 * @param intxTrigger the trigger of INTx
 * @param errTrigger the trigger of ERR; it survives changes of the mode
 * @param reqTrigger the trigger of REQ; it survives changes of the mode
 */
@SuppressWarnings("ReferenceEquality") // an unchanged part asks for no copy
public record Interrupts(
    InterruptMode mode, VectorMap vectors, int intxTrigger, int errTrigger, int reqTrigger) {
  /** A device that was just opened, or is not open. */
  public static final Interrupts NONE =
      new Interrupts(InterruptMode.NONE, VectorMap.EMPTY, Eventfd.NONE, Eventfd.NONE, Eventfd.NONE);

  /**
   * Whether sysfs shows that mode for these interrupts. It cannot tell INTx without a trigger from
   * no mode at all: nobody has asked for the interrupt then.
   */
  public boolean isShownAs(InterruptMode shown) {
    return shown == mode
        || (shown == InterruptMode.NONE
            && mode == InterruptMode.INTX
            && Eventfd.removes(intxTrigger));
  }

  public Interrupts withMode(InterruptMode to) {
    return new Interrupts(to, vectors, intxTrigger, errTrigger, reqTrigger);
  }

  public Interrupts withVectors(VectorMap to) {
    return to == vectors ? this : new Interrupts(mode, to, intxTrigger, errTrigger, reqTrigger);
  }

  /**
   * The trigger of an index that has a single one.
   *
   * @throws IllegalArgumentException for MSI and MSI-X, which have one for each vector
   */
  public int single(IrqIndex index) {
    return switch (index) {
      case INTX -> intxTrigger;
      case ERR -> errTrigger;
      case REQ -> reqTrigger;
      case MSI, MSIX ->
          throw new IllegalArgumentException(index + " has a trigger for each vector");
    };
  }

  /**
   * These interrupts with that trigger of an index that has a single one.
   *
   * @throws IllegalArgumentException for MSI and MSI-X
   */
  public Interrupts withSingle(IrqIndex index, int fd) {
    return switch (index) {
      case INTX -> new Interrupts(mode, vectors, fd, errTrigger, reqTrigger);
      case ERR -> new Interrupts(mode, vectors, intxTrigger, fd, reqTrigger);
      case REQ -> new Interrupts(mode, vectors, intxTrigger, errTrigger, fd);
      case MSI, MSIX ->
          throw new IllegalArgumentException(index + " has a trigger for each vector");
    };
  }
}
