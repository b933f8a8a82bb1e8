/**
 * What happened between two points, in an amount that can be drawn: pools over time, the lives of
 * vectors, findings. Uses {@code replay} and the core.
 */
@NullMarked
package dev.irqledger.replay.timeline;

import org.jspecify.annotations.NullMarked;
