/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.act;

import org.jspecify.annotations.NullMarked;
