package dev.irqledger.wire;

/**
 * A schema, or the keys of a host, could not be looked up now. It says nothing about the record
 * that needs it: trying again later is right, setting the record aside is not.
 */
public final class LookupUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LookupUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public LookupUnavailable(String message) {
    super(message);
  }
}
