/**
 * What decides a run: chance, faults, virtual time, and how processes die. Knows no product class.
 */
@NullMarked
package dev.irqledger.simulation.fate;

import org.jspecify.annotations.NullMarked;
