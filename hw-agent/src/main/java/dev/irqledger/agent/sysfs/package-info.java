/**
 * What a host's kernel shows in its file systems of devices, their irqs and their IOMMU groups, and
 * what can be set there: which driver a device is bound to. Reads and writes files alone; every
 * root is a path, so that a test can stand a tree of its own in its place. Uses the core and the
 * seam's exception; knows nothing of descriptors, events or scripts.
 */
@NullMarked
package dev.irqledger.agent.sysfs;

import org.jspecify.annotations.NullMarked;
