/**
 * Hosts: modelled kernels that may break rules, disks that may fail, and the real agents on them.
 */
@NullMarked
package dev.irqledger.simulation.host;

import org.jspecify.annotations.NullMarked;
