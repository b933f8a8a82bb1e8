/**
 * Whether a log is what was written: rules that its writers are bound by, states that a service
 * keeps of it, and heads that somebody signed. Uses {@code replay}, the core and {@code schemas};
 * signatures are the JDK's.
 */
@NullMarked
package dev.irqledger.replay.verify;

import org.jspecify.annotations.NullMarked;
