/**
 * Watches what other processes do with VFIO devices: the kernel's probe on their calls, and
 * snapshots of what the kernel shows. Uses the core and the recordings' probe parser; it knows
 * nothing of transport or journal, and touches no device.
 */
@NullMarked
package dev.irqledger.agent.observe;

import org.jspecify.annotations.NullMarked;
