/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.journal;

import org.jspecify.annotations.NullMarked;
