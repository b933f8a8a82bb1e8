/** Single calls, measured with JMH. May use core and the wire contract. */
@NullMarked
package dev.irqledger.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
