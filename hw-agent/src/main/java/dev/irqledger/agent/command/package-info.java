/**
 * Requests from {@code irq.commands}: read, checked, carried out at most once, and answered through
 * the log of events. Uses the agent, the wire contract and Kafka's clients.
 */
@NullMarked
package dev.irqledger.agent.command;

import org.jspecify.annotations.NullMarked;
