/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.socket;

import org.jspecify.annotations.NullMarked;
