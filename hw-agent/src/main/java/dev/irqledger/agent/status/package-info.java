/**
 * What an agent tells of itself and its host from time to time, and of a pool that ran out. Uses
 * the wire contract and the host's own ledger.
 */
@NullMarked
package dev.irqledger.agent.status;

import org.jspecify.annotations.NullMarked;
