package dev.irqledger.launch;

/**
 * The exit codes that mean the same in every program. Codes that only one program gives are its
 * own; what all of them mean is part of the contract with scripts.
 */
public final class ProgramExit {
  /** All is done, and all is in order. */
  public static final int OK = 0;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** No broker answers. */
  public static final int UNREACHABLE = 3;

  /** The output cannot be written. */
  public static final int OUTPUT = 7;

  /** A fault of the program itself. */
  public static final int INTERNAL = 70;

  private ProgramExit() {}
}
