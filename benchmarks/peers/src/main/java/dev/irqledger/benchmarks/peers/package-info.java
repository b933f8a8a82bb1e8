/** Other engines that do the same fold. May use the benchmarks, and each engine's public API. */
@NullMarked
package dev.irqledger.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
