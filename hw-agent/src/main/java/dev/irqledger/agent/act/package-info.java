/**
 * Carries out operations on a device and turns each into the event that tells of it. Uses {@code
 * vfio}, the op scripts of the recordings, and the core; knows nothing of Kafka.
 */
@NullMarked
package dev.irqledger.agent.act;

import org.jspecify.annotations.NullMarked;
