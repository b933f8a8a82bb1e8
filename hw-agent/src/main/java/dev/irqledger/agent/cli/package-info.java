/**
 * The agent's command line: {@code agent run} and {@code agent serve}, thin over the packages
 * beside it. Standard output is data, standard error is diagnostics; both only through picocli's
 * writers.
 */
@NullMarked
package dev.irqledger.agent.cli;

import org.jspecify.annotations.NullMarked;
