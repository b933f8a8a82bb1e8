/**
 * What an event history adds up to: a device's interrupts, vector by vector. Uses {@code event} and
 * {@code device}.
 */
@NullMarked
package dev.irqledger.core.state;

import org.jspecify.annotations.NullMarked;
