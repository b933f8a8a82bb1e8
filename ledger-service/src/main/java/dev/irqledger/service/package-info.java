/**
 * The service that folds the log of events as it grows: its settings, its start and end, and what
 * can be asked of its local state.
 */
@NullMarked
package dev.irqledger.service;

import org.jspecify.annotations.NullMarked;
