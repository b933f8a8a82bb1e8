/**
 * Fuzzing of every decoder and parser with Jazzer: what is fuzzed is in {@code targets}, what it
 * begins with in {@code seed}, and the command that runs it here.
 */
@NullMarked
package dev.irqledger.fuzzing;

import org.jspecify.annotations.NullMarked;
