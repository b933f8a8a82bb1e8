/**
 * The one function that turns events into state, and the totals of a host. Uses every other package
 * of the core.
 */
@NullMarked
package dev.irqledger.core.fold;

import org.jspecify.annotations.NullMarked;
