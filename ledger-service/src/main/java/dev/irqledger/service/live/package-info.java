/**
 * Answers questions about the present, as committed. Uses the running service, plain consumers of
 * the topics that it writes, and {@code web}.
 */
@NullMarked
package dev.irqledger.service.live;

import org.jspecify.annotations.NullMarked;
