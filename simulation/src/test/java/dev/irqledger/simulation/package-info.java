/** The simulation itself, and that it finds what it is to find. */
@NullMarked
package dev.irqledger.simulation;

import org.jspecify.annotations.NullMarked;
