/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.cli;

import org.jspecify.annotations.NullMarked;
