/**
 * The Kafka Streams topology: thin processors around the core's fold and the sums of {@code
 * pressure}. Every operator and store has a name of ours, since changelog topics are called after
 * them.
 */
@NullMarked
package dev.irqledger.service.topology;

import org.jspecify.annotations.NullMarked;
