/** The fuzzing's own tests: all that is known to be tried, and what libFuzzer says being read. */
@NullMarked
package dev.irqledger.fuzzing;

import org.jspecify.annotations.NullMarked;
