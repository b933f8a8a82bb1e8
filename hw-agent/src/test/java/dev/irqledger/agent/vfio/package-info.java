/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.vfio;

import org.jspecify.annotations.NullMarked;
