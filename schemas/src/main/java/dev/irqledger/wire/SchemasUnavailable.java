package dev.irqledger.wire;

/**
 * A schema could not be looked up now. It says nothing about the record that needs it: trying again
 * later is right, setting the record aside is not.
 */
public final class SchemasUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemasUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public SchemasUnavailable(String message) {
    super(message);
  }
}
