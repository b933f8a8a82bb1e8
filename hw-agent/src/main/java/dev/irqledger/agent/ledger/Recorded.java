package dev.irqledger.agent.ledger;

import dev.irqledger.agent.journal.Journal;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.wire.SealedEvent;
import java.util.concurrent.CompletableFuture;

/**
 * An event that was taken into the host's ledger.
 *
 * @param sealed the event as it goes to the log
 * @param folded what it added to the device's history, as this agent knows it
 * @param durable completes once the journal has it for good; fails with a {@code JournalException}
 */
public record Recorded(SealedEvent sealed, Folded folded, CompletableFuture<Void> durable) {
  public InterruptEvent event() {
    return sealed.event();
  }

  /** Waits until the journal has it for good. */
  public Recorded awaitDurable() {
    Journal.await(durable);
    return this;
  }
}
