/** Fixtures that the tests of all packages share. */
@NullMarked
package dev.irqledger.agent;

import org.jspecify.annotations.NullMarked;
