/**
 * A cursor over the events of one device: any of them, with the states before and after it, in
 * bounded memory. Uses {@code dev.irqledger.replay} and the core.
 */
@NullMarked
package dev.irqledger.replay.step;

import org.jspecify.annotations.NullMarked;
