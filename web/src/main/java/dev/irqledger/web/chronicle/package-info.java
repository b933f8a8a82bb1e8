/**
 * The log's late history in memory: what each event made of its device, without vectors, and of
 * hosts that were asked about of late with them. So any of its points is answered without reading
 * the log. Uses {@code replay}, {@code wire} and the core.
 */
@NullMarked
package dev.irqledger.web.chronicle;

import org.jspecify.annotations.NullMarked;
