/** Points in the log's history that a person can name. Uses nothing but java.base. */
@NullMarked
package dev.irqledger.core.point;

import org.jspecify.annotations.NullMarked;
