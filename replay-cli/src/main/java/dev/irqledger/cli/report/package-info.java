/**
 * A report as one HTML file with figures in SVG, which needs nothing else to be read. The writer is
 * the JDK's for XML: whatever the log says is escaped by it.
 */
@NullMarked
package dev.irqledger.cli.report;

import org.jspecify.annotations.NullMarked;
