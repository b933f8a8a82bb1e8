/** What is fuzzed: one class for each decoder or parser, which says what must hold of it. */
@NullMarked
package dev.irqledger.fuzzing.targets;

import org.jspecify.annotations.NullMarked;
