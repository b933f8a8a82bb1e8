package dev.irqledger.cli.sql;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tables answer. */
public final class Answers {
  private final Connection database;

  Answers(Connection database) {
    this.database = database;
  }

  /**
   * Prints an answer for people.
   *
   * @return how many rows it has, of those that somebody read
   * @throws WrongStatement if the statement fails
   * @throws TablesFailure if memory and disk do not suffice for it
   */
  public long table(String sql, PrintWriter out) {
    return read(sql, row -> new TextTable(row, out).print());
  }

  /** Prints it as JSON, an object a line; otherwise as {@link #table}. */
  public long json(String sql, PrintWriter out) {
    return read(sql, row -> new JsonRows(row, out).print());
  }

  /** Writes it as CSV with a line of names; otherwise as {@link #parquet}. */
  public long csv(String sql, Path file) {
    return copy(sql, file, "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ'");
  }

  /**
   * Writes it as Parquet.
   *
   * @param file one of those that were named when the tables were closed for writing
   * @return how many rows it has
   * @throws WrongStatement if the statement fails
   * @throws TablesFailure if memory and disk do not suffice for it
   */
  public long parquet(String sql, Path file) {
    return copy(sql, file, "FORMAT parquet, COMPRESSION zstd");
  }

  private long copy(String sql, Path file, String form) {
    String bare = sql.strip().replaceFirst(";\\s*$", "");
    String copy = "COPY (\n" + bare + "\n) TO " + Engine.text(file.toString()) + " (" + form + ")";
    return with(statement -> statement.executeLargeUpdate(copy));
  }

  @FunctionalInterface
  private interface Reading {
    long of(ResultSet rows) throws SQLException;
  }

  private long read(String sql, Reading reading) {
    return with(statement -> {
      try (ResultSet rows = statement.executeQuery(sql)) {
        return reading.of(rows);
      } catch (SQLException e) {
        runForItsError(sql);
        throw e;
      }
    });
  }

  /**
   * The driver forgets why rows that it hands over as they come broke off ("Invalid result set");
   * without handing them over it knows.
   */
  private void runForItsError(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet _ = statement.executeQuery("EXPLAIN ANALYZE " + sql)) {
      // it fails as the statement did
    }
  }

  @FunctionalInterface
  private interface Running {
    long with(Statement statement) throws SQLException;
  }

  private long with(Running running) {
    try (Statement statement = database.createStatement()) {
      return running.with(statement);
    } catch (SQLException e) {
      throw TablesFailure.isShortage(e)
          ? new TablesFailure("this needs more than there is; --memory gives more", e)
          : new WrongStatement(e);
    }
  }
}
