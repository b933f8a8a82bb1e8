package dev.irqledger.cli;

import dev.irqledger.launch.ProgramExit;

/** What the commands' exit codes mean. They are part of the contract with scripts. */
public final class ExitCode {
  /** All is done, and all is in order. */
  public static final int OK = ProgramExit.OK;

  /** Done, but something is not in order: operations differ, lines or records were passed over. */
  public static final int FOUND = 1;

  /** The command line is wrong. */
  public static final int USAGE = ProgramExit.USAGE;

  /** No broker answers. */
  public static final int UNREACHABLE = ProgramExit.UNREACHABLE;

  /** A topic is missing. */
  public static final int NO_TOPIC = 4;

  /** The log does not hold the point, or was cut before it. */
  public static final int NO_SUCH_POINT = 5;

  /** An input file cannot be read. */
  public static final int INPUT = 6;

  /** The output cannot be written. */
  public static final int OUTPUT = ProgramExit.OUTPUT;

  /** The agent did not carry the command out. */
  public static final int REFUSED = 8;

  /** The agent made the call, and the kernel did not return 0. */
  public static final int KERNEL_REFUSED = 9;

  /** Nobody answered the command in time. */
  public static final int NO_ANSWER = 10;

  /** A fault of the program itself. */
  public static final int INTERNAL = ProgramExit.INTERNAL;

  /** Ended by Ctrl-C, as shells tell of it: 128 and the number of SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
