/**
 * A replay that asks what would have been: watches the log's own history and keeps account of the
 * other one. Uses {@code dev.irqledger.replay} and the core's {@code whatif}.
 */
@NullMarked
package dev.irqledger.replay.whatif;

import org.jspecify.annotations.NullMarked;
