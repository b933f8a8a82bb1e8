/** Turns recordings into events of the log, so that importing again changes nothing. */
@NullMarked
package dev.irqledger.cli.imports;

import org.jspecify.annotations.NullMarked;
