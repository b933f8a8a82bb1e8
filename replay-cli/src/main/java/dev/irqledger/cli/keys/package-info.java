/**
 * The commands {@code keys}: by which keys hosts sign their events, and when they must. They read
 * and write {@code irq.keys}, and use the wire contract and the options of all commands.
 */
@NullMarked
package dev.irqledger.cli.keys;

import org.jspecify.annotations.NullMarked;
