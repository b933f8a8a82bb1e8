/**
 * Where records go: topics and how they are set up, the one rule of partitioning, the settings of
 * clients, and the topic in which schemas are published.
 *
 * <p>Uses {@code dev.irqledger.wire} and Kafka's clients.
 */
@NullMarked
package dev.irqledger.wire.topic;

import org.jspecify.annotations.NullMarked;
