/** What packages are made of beside the programs themselves. */
@NullMarked
package dev.irqledger.dist;

import org.jspecify.annotations.NullMarked;
