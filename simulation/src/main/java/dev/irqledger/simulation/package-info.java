/**
 * A simulation of the whole system in one thread, decided by one seed: the production classes of
 * agent, service and core, over a log, disks, kernels and clocks that fail when the seed says so.
 */
@NullMarked
package dev.irqledger.simulation;

import org.jspecify.annotations.NullMarked;
