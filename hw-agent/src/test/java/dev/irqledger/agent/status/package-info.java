/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.status;

import org.jspecify.annotations.NullMarked;
