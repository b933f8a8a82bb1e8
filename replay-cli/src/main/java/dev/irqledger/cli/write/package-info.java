/**
 * How people write: commands to the agents of hosts, awaited until they are answered, and policies.
 * Uses the wire contract, the form of op scripts, and Kafka's clients.
 */
@NullMarked
package dev.irqledger.cli.write;

import org.jspecify.annotations.NullMarked;
