/** Tests of the package of the same name. */
@NullMarked
package dev.irqledger.agent.sysfs;

import org.jspecify.annotations.NullMarked;
