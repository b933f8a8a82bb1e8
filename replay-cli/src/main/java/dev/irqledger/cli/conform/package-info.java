/** Holds the model, and events folded, against recordings of real kernels. */
@NullMarked
package dev.irqledger.cli.conform;

import org.jspecify.annotations.NullMarked;
