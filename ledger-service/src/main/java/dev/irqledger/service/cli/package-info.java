/**
 * The commands around the service, one in each file. Standard output is data, standard error is
 * diagnostics; both only through picocli's writers.
 */
@NullMarked
package dev.irqledger.service.cli;

import org.jspecify.annotations.NullMarked;
