/**
 * What every program does around its commands: the libraries' log, the output that must not get
 * lost, errors in one line, the version.
 */
@NullMarked
package dev.irqledger.launch;

import org.jspecify.annotations.NullMarked;
