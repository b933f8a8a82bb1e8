/**
 * What the host's policy forbids, before any device is touched. Uses the ledger, the journal and
 * the wire contract.
 */
@NullMarked
package dev.irqledger.agent.budget;

import org.jspecify.annotations.NullMarked;
