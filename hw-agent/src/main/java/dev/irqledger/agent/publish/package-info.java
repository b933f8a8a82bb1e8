/**
 * Brings what happened to Kafka: numbered, chained, in order, and acknowledged or loudly not. Uses
 * the wire contract and Kafka's clients; knows nothing of VFIO.
 */
@NullMarked
package dev.irqledger.agent.publish;

import org.jspecify.annotations.NullMarked;
