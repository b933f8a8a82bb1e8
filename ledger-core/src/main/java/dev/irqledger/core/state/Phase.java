package dev.irqledger.core.state;

/** The four phases of a vector. */
public enum Phase {
  /** No irq is allocated. */
  FREE,
  /** An irq is allocated; since then no completed operation gave it a trigger. */
  RESERVED,
  /** It has a trigger, and so holds a CPU vector besides its irq. */
  ARMED,
  /** It had a trigger and lost it; the irq is kept. */
  CACHED
}
