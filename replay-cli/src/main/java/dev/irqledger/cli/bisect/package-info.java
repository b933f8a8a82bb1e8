/**
 * Conditions on folded states as people write them: a small vocabulary in the Common Expression
 * Language. Uses the library for it, the core, and {@code replay.bisect}.
 */
@NullMarked
package dev.irqledger.cli.bisect;

import org.jspecify.annotations.NullMarked;
