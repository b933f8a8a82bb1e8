/**
 * Folds of the past as a library: points are resolved to offsets, a source is read up to them, and
 * the core's fold is run. Uses {@code ledger-core}, {@code schemas} and {@code recordings}.
 */
@NullMarked
package dev.irqledger.replay;

import org.jspecify.annotations.NullMarked;
