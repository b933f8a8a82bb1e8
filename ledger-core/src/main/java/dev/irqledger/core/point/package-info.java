/** Points in the log's history that a person can name. Uses {@code event} for ids only. */
@NullMarked
package dev.irqledger.core.point;

import org.jspecify.annotations.NullMarked;
