package dev.irqledger.simulation.fate;

/** The end of a process, thrown through whatever it was doing. Nobody may catch it on the way. */
public final class Death extends Error {
  private static final long serialVersionUID = 1L;

  Death() {
    super("the process is dead", null, false, false);
  }
}
