package dev.irqledger.core.rule;

/**
 * The rules that an event history is held against: of the kernel, which vfio-pci must keep, and of
 * the log, which its writers must keep. The names are stable.
 */
public enum Rule {
  CACHE_KEEPS_IRQ(
      Kind.KERNEL, "While the mode lasts, an allocated vector keeps its irq and its number."),
  TEARDOWN_ALL_AT_ONCE(
      Kind.KERNEL, "Irqs are freed only all together: by disable, release, or leaving the mode."),
  NO_GROWTH_WITHOUT_DYNAMIC(
      Kind.KERNEL, "Without dynamic MSI-X no vector is added while the mode lasts."),
  ENABLE_ALLOCATES_RANGE(
      Kind.KERNEL, "Enabling allocates an irq for every vector from 0 to the end of the block."),
  BLOCK_UNWINDS(
      Kind.KERNEL,
      "A block that fails leaves no trigger from its first vector to the failing one, and keeps"
          + " their irqs."),
  MODE_EXCLUSIVE(Kind.KERNEL, "Of INTx, MSI and MSI-X one at most is in use."),
  IRQ_POSITIVE(Kind.KERNEL, "A Linux irq number is greater than 0."),
  IRQ_UNIQUE_ON_HOST(Kind.KERNEL, "No two vectors of a host share a Linux irq."),
  RESET_KEEPS(Kind.KERNEL, "A reset of the device releases and changes no interrupt."),
  RESULT_MISMATCH(Kind.KERNEL, "No environment lets the call end as it was reported."),
  SEQUENCE_GAP(Kind.LOG, "The events of a device are numbered without gaps in each epoch."),
  SEQUENCE_CONFLICT(Kind.LOG, "A number is given to one event only."),
  CHAIN_BROKEN(Kind.LOG, "Each event names the hash of the one before it."),
  STALE_EPOCH(Kind.LOG, "Once a new epoch began, nothing of an older one is applied."),
  SIGNED_BY_HOST(
      Kind.LOG, "Where signing is required, nothing is applied that no key of the host signed.");

  /** Whom a rule binds. */
  public enum Kind {
    /** vfio-pci. */
    KERNEL,
    /** Whoever writes the log. */
    LOG
  }

  private final Kind kind;
  private final String sentence;

  Rule(Kind kind, String sentence) {
    this.kind = kind;
    this.sentence = sentence;
  }

  public Kind kind() {
    return kind;
  }

  /** What must hold, in one sentence. */
  public String sentence() {
    return sentence;
  }
}
