/** Tests of the topology's parts, one by one. */
@NullMarked
package dev.irqledger.service.topology;

import org.jspecify.annotations.NullMarked;
