/**
 * How much of a host's interrupt resources its devices hold: pure values and their stored forms.
 * Uses the core and the wire; neither Kafka nor a clock.
 */
@NullMarked
package dev.irqledger.service.pressure;

import org.jspecify.annotations.NullMarked;
