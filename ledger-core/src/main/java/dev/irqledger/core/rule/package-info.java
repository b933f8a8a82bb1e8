/**
 * The rules of vfio-pci, executable: the model that answers calls, and the checks of a report
 * against it. Uses {@code state} and below.
 */
@NullMarked
package dev.irqledger.core.rule;

import org.jspecify.annotations.NullMarked;
