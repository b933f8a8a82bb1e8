/** Tests of the parsers, on the samples and on lines made up for one point each. */
@NullMarked
package dev.irqledger.recordings;

import org.jspecify.annotations.NullMarked;
