package dev.irqledger.cli;

import dev.irqledger.replay.Image;
import picocli.CommandLine;

/** Says what a replay could not read. */
final class PassedOver {
  private PassedOver() {}

  /** Tells of unreadable records, and gives the exit code that goes with it. */
  static int report(Image image, CommandLine command) {
    long count = image.unreadable().count();
    if (count == 0) {
      return ExitCode.OK;
    }
    command
        .getErr()
        .println(
            "irq-ledger: "
                + count
                + (count == 1 ? " record" : " records")
                + " could not be read and "
                + (count == 1 ? "was" : "were")
                + " passed over; the first: "
                + image.unreadable().first());
    return ExitCode.FOUND;
  }
}
