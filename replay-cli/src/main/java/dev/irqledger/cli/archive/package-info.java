/** {@code replay archive}: archives are made, looked into, checked and cut. */
@NullMarked
package dev.irqledger.cli.archive;

import org.jspecify.annotations.NullMarked;
