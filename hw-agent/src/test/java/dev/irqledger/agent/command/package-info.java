/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.command;

import org.jspecify.annotations.NullMarked;
