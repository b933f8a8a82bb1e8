/**
 * The agent itself: operations on a host's devices, each carried out and published as one step.
 * Joins {@code act} and {@code publish}; commands and command lines stand above it.
 */
@NullMarked
package dev.irqledger.agent;

import org.jspecify.annotations.NullMarked;
