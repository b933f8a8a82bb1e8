package dev.irqledger.agent.cli;

import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.socket.Reply;

/** What the agent's exit codes mean. They are part of the contract with scripts. */
public final class ExitCode {
  /** All is done and acknowledged. */
  public static final int OK = 0;

  /** An op file has bad lines, or something could not be published. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** No broker answers. */
  public static final int UNREACHABLE = 3;

  /** The topics are not set up as the log needs them. */
  public static final int TOPICS = 4;

  /** An op file cannot be read. */
  public static final int INPUT = 6;

  /** All is done, but some events are still in the journal. */
  public static final int KEPT = 5;

  /** The device cannot be used. */
  public static final int DEVICE = 7;

  /** The journal cannot be used. */
  public static final int JOURNAL = 8;

  private ExitCode() {}

  static int of(Reply.Failed failed) {
    return switch (failed.kind()) {
      case REQUEST -> FAILED;
      case DEVICE -> DEVICE;
      case JOURNAL -> JOURNAL;
      case LOG -> UNREACHABLE;
      case STOPPING -> FAILED;
    };
  }

  static int of(PublishException e) {
    return switch (e.kind()) {
      case UNREACHABLE -> UNREACHABLE;
      case TOPICS -> TOPICS;
      case REFUSED -> FAILED;
    };
  }
}
