/**
 * The log as tables of an embedded DuckDB, which answers questions in SQL. One fold fills them;
 * after that nothing can be written, no file but its own can be read, and the network cannot be
 * reached, whatever the statement asks for.
 */
@NullMarked
package dev.irqledger.cli.sql;

import org.jspecify.annotations.NullMarked;
