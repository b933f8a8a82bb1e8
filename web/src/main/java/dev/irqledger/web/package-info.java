/**
 * What one can ask a ledger, live or past, and what it answers. Uses {@code replay}, {@code wire}
 * and the core; knows nothing of HTTP, which lives in {@code http}.
 */
@NullMarked
package dev.irqledger.web;

import org.jspecify.annotations.NullMarked;
