package dev.irqledger.cli.write;

import dev.irqledger.cli.ExitCode;

/** How things are with a command. */
enum Standing {
  /** Carried out; the kernel returned 0. */
  DONE("done", ExitCode.OK),
  /** The call was made, and the kernel returned an error, or that it could give less. */
  FAILED("failed", ExitCode.KERNEL_REFUSED),
  /** The agent did not carry it out. */
  REFUSED("refused", ExitCode.REFUSED),
  /** It is not answered, and any agent would refuse it by now. */
  EXPIRED("expired", ExitCode.NO_ANSWER),
  /** It is not answered yet. */
  PENDING("pending", ExitCode.NO_ANSWER);

  private final String label;
  private final int exitCode;

  Standing(String label, int exitCode) {
    this.label = label;
    this.exitCode = exitCode;
  }

  /** Its name in tables and in JSON; it does not change. */
  String label() {
    return label;
  }

  /** The code with which {@code command send} ends where this is how it came out. */
  int exitCode() {
    return exitCode;
  }
}
