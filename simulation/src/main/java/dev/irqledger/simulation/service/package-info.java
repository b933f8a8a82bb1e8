/** Runs the service's topology, as it describes itself, record by record and commit by commit. */
@NullMarked
package dev.irqledger.simulation.service;

import org.jspecify.annotations.NullMarked;
