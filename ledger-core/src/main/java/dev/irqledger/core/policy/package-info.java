/**
 * Limits that somebody set for a host, and what is found to break them. No kernel rule: a policy
 * forbids what the kernel allows. Uses {@code rule} and below; nothing of the core uses it.
 */
@NullMarked
package dev.irqledger.core.policy;

import org.jspecify.annotations.NullMarked;
