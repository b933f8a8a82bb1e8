/** The log in memory, with an idempotent producer and a consumer that fail as real ones do. */
@NullMarked
package dev.irqledger.simulation.log;

import org.jspecify.annotations.NullMarked;
