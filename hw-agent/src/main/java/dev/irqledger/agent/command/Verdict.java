package dev.irqledger.agent.command;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.recordings.Op;

/** What is to be done with a request. */
sealed interface Verdict {
  /** Carry it out. */
  record Accepted(Bdf device, Op op) implements Verdict {}

  /**
   * Answer that it is not carried out.
   *
   * @param reason why, in words for the one who asked
   */
  record Refused(Bdf device, String reason) implements Verdict {}

  /** Pass it over: it is for the agent of another host that shares the partition. */
  record NotForThisHost() implements Verdict {}

  /**
   * Set it aside: an answer needs a device's name, and it has none.
   *
   * @param reason why, in words
   */
  record Unanswerable(String reason) implements Verdict {}
}
