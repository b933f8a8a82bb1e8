/** The vocabulary of PCI devices and of the VFIO calls on them. Uses nothing but java.base. */
@NullMarked
package dev.irqledger.core.device;

import org.jspecify.annotations.NullMarked;
