/**
 * The search for the event that made a condition on the folded states true: by halving, or event by
 * event. Uses {@code dev.irqledger.replay} and the core.
 */
@NullMarked
package dev.irqledger.replay.bisect;

import org.jspecify.annotations.NullMarked;
