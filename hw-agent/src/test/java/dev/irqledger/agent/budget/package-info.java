/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.budget;

import org.jspecify.annotations.NullMarked;
