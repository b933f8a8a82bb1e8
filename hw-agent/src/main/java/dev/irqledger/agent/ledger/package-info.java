/**
 * The host's own ledger: every event of the host is numbered, chained, journalled and folded here,
 * in one order. Uses the journal and the wire contract; knows nothing of VFIO.
 */
@NullMarked
package dev.irqledger.agent.ledger;

import org.jspecify.annotations.NullMarked;
