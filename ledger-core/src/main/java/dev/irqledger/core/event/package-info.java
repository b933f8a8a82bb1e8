/** What happened: one immutable event for each completed operation. Uses {@code device}. */
@NullMarked
package dev.irqledger.core.event;

import org.jspecify.annotations.NullMarked;
