package dev.irqledger.simulation.host;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Rule;

/** Is told what must be true in the end. */
public interface Account {
  /**
   * The agent answered for this event: it must come to the log.
   *
   * @param zombie whether it was one of an old epoch, whose events nobody needs
   */
  void answered(String host, InterruptEvent event, boolean zombie);

  /** The kernel broke that rule in what the event tells: it must be found. */
  void planted(InterruptEvent event, Rule rule);

  /**
   * The kernel broke a rule, and the agent died before it answered: an event that nobody was told
   * of may tell of it, and may be found.
   */
  void perhapsPlanted(String host, Bdf device);

  /** Whether the log tells of the device nothing that is in doubt, nor a breach that lasts. */
  boolean certain(String host, Bdf device);

  /** Agents of two epochs live beside each other on that host from now on. */
  void split(String host);
}
