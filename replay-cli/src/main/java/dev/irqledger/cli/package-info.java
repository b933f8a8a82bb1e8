/**
 * The command line's commands, one in each file: thin, over {@code replay-engine}. Standard output
 * is data, standard error is diagnostics; both only through picocli's writers.
 */
@NullMarked
package dev.irqledger.cli;

import org.jspecify.annotations.NullMarked;
