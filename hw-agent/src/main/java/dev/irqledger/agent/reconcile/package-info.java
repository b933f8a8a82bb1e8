/**
 * Holds what the log says of a host's devices against what the host's kernel shows. Uses the wire
 * contract, Kafka's clients and the core's fold.
 */
@NullMarked
package dev.irqledger.agent.reconcile;

import org.jspecify.annotations.NullMarked;
