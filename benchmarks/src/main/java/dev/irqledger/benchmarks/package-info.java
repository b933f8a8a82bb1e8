/** Benchmarks of whole programs. May use every program and the wire contract. */
@NullMarked
package dev.irqledger.benchmarks;

import org.jspecify.annotations.NullMarked;
