package dev.irqledger.service.pressure;

/**
 * The service keeps something in a form that this version does not read, since another version
 * wrote it.
 */
public final class UnknownFormException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what is kept
   * @param found the number of its form
   * @param known the latest that this version reads
   */
  public UnknownFormException(String what, String found, int known) {
    super(what + " is kept in form " + found + ", and this version reads form " + known);
  }
}
