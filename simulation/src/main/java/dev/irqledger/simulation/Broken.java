package dev.irqledger.simulation;

/** Something that must always be true is not. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1L;

  Broken(String invariant, String evidence) {
    super(invariant + ": " + evidence);
  }
}
