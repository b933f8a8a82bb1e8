package dev.irqledger.service.cli;

import dev.irqledger.service.ServiceException;

/** What the exit codes of these commands mean. They are part of the contract with scripts. */
final class ExitCode {
  static final int OK = 0;

  /** {@code check}: it cannot answer yet, or nobody does. */
  static final int NOT_READY = 1;

  /** Wrong usage; also an address that cannot be listened at. */
  static final int USAGE = 2;

  /** No broker answers. */
  static final int UNREACHABLE = 3;

  /** The topics are missing or wrong, or the broker refused. */
  static final int TOPICS = 4;

  /** The state directory cannot be used. */
  static final int STATE_DIR = 6;

  /** The service ended by itself. */
  static final int FAILED = 70;

  private ExitCode() {}

  static int of(ServiceException e) {
    return switch (e.kind()) {
      case UNREACHABLE -> UNREACHABLE;
      case TOPICS, REFUSED -> TOPICS;
      case STATE_DIR -> STATE_DIR;
      case NOT_READY, FAILED -> FAILED;
    };
  }
}
