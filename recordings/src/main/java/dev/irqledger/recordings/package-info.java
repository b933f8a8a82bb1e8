/**
 * Reads recordings of interrupt operations into the core's events: traces made on a kernel, trace
 * logs of QEMU, and the text of the kernel's call probe. The parsers are pure: lines go in, values
 * come out, and no input makes them throw. Uses the core's vocabulary and events, and Jackson for
 * the lines that are JSON.
 */
@NullMarked
package dev.irqledger.recordings;

import org.jspecify.annotations.NullMarked;
