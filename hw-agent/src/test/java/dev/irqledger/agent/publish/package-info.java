/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.publish;

import org.jspecify.annotations.NullMarked;
