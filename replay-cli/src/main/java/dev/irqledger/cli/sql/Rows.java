package dev.irqledger.cli.sql;

import dev.irqledger.recordings.PrintableText;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends to a table, row by row: what stands in a row comes in the order of the columns. */
final class Rows implements AutoCloseable {
  private static final long MICROS_PER_MILLI = 1000;

  private final DuckDBAppender appender;

  Rows(DuckDBConnection database, String table) throws SQLException {
    appender = database.createAppender(table);
  }

  Rows begin() throws SQLException {
    appender.beginRow();
    return this;
  }

  void end() throws SQLException {
    appender.endRow();
  }

  /** A text of our own; null stays null. */
  Rows text(@Nullable String text) throws SQLException {
    appender.append(text);
    return this;
  }

  /** A text that strangers chose: without what a terminal would take for a command. */
  Rows strange(@Nullable String text) throws SQLException {
    return text(text == null || text.isEmpty() ? null : PrintableText.of(text));
  }

  Rows number(int number) throws SQLException {
    appender.append(number);
    return this;
  }

  Rows number(long number) throws SQLException {
    appender.append(number);
    return this;
  }

  Rows number(@Nullable Integer number) throws SQLException {
    appender.append(number);
    return this;
  }

  Rows number(OptionalInt number) throws SQLException {
    return number(number.isPresent() ? (Integer) number.getAsInt() : null);
  }

  /** A number of which that value says that it is not known. */
  Rows number(int number, int unknown) throws SQLException {
    return number(number == unknown ? null : (Integer) number);
  }

  Rows yes(@Nullable Boolean flag) throws SQLException {
    appender.append(flag);
    return this;
  }

  Rows id(@Nullable UUID id) throws SQLException {
    appender.append(id);
    return this;
  }

  Rows millis(long sinceEpoch) throws SQLException {
    appender.appendEpochMicros(Math.multiplyExact(sinceEpoch, MICROS_PER_MILLI));
    return this;
  }

  /** A time of a host's clock; 0 is one that is not known. */
  Rows micros(long sinceEpoch) throws SQLException {
    if (sinceEpoch == 0) {
      return nothing();
    }
    appender.appendEpochMicros(sinceEpoch);
    return this;
  }

  Rows numbers(int[] numbers) throws SQLException {
    appender.append(numbers);
    return this;
  }

  Rows nothing() throws SQLException {
    appender.appendNull();
    return this;
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
