/**
 * What an instance tells of itself to Prometheus.
 *
 * <p>Uses Micrometer, Kafka's clients and Streams; nothing in the topology knows of it.
 */
@NullMarked
package dev.irqledger.service.metrics;

import org.jspecify.annotations.NullMarked;
