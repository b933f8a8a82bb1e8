/** Tests of the observer, against recorded trace text and hosts that live in memory. */
@NullMarked
package dev.irqledger.agent.observe;

import org.jspecify.annotations.NullMarked;
