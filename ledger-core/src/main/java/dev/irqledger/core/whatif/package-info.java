/**
 * What a host's history would have been under another release policy or with other pools: the same
 * calls, answered anew by the rules. Uses every package below it but {@code point}; none uses it.
 */
@NullMarked
package dev.irqledger.core.whatif;

import org.jspecify.annotations.NullMarked;
