package dev.irqledger.cli.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * One statement that only asks, by the engine's own parser.
 *
 * @param sql the statement
 * @param tables the tables that it may read; it can read no other
 */
public record Question(String sql, Set<Table> tables) {
  /** Functions that are given the name of a table, or a whole statement, as a text. */
  private static final Set<String> BY_TEXT = Set.of("query", "query_table");

  public Question {
    tables = Set.copyOf(tables);
  }

  /**
   * Reads a statement.
   *
   * @throws WrongStatement if it cannot be read, or is not exactly one that only asks
   */
  static Question of(String sql, Connection database) throws SQLException {
    Parsed parsed = Parsed.of(sql, database);
    if (parsed.statements != 1) {
      throw new WrongStatement(
          parsed.statements == 0
              ? "there is no statement: give one, such as 'SELECT * FROM devices'"
              : "these are " + parsed.statements + " statements: give one");
    }
    return new Question(sql, parsed.tables(database));
  }

  /** What the engine's parser makes of a text. */
  private record Parsed(int statements, Set<String> names, Set<String> functions, boolean summary) {
    private static final String PARSE =
        """
        SELECT json_extract_string(tree, '$.error') = 'true',
          json_extract_string(tree, '$.error_type'),
          json_extract_string(tree, '$.error_message'),
          coalesce(json_array_length(tree, '$.statements'), 0),
          json_extract_string(tree, '$..table_name'),
          json_extract_string(tree, '$..function_name'),
          contains(CAST(tree AS VARCHAR), '"SUMMARY"')
        FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree)
        """;

    static Parsed of(String sql, Connection database) throws SQLException {
      try (PreparedStatement parse = database.prepareStatement(PARSE)) {
        parse.setString(1, sql);
        try (ResultSet row = parse.executeQuery()) {
          row.next();
          if (row.getBoolean(1)) {
            throw refused(sql, row.getString(2), row.getString(3), database);
          }
          return new Parsed(row.getInt(4), texts(row, 5), texts(row, 6), row.getBoolean(7));
        }
      }
    }

    private static WrongStatement refused(
        String sql, String kind, String message, Connection database) {
      if (!kind.equals("parser")) {
        return new WrongStatement(
            "the log is only asked, never changed: give one SELECT, WITH, FROM, VALUES, DESCRIBE,"
                + " SUMMARIZE or SHOW statement");
      }
      try (PreparedStatement _ = database.prepareStatement(sql)) {
        return new WrongStatement(message);
      } catch (SQLException e) {
        return new WrongStatement(e); // the same, with the place
      }
    }

    private static Set<String> texts(ResultSet row, int column) throws SQLException {
      Set<String> texts = new HashSet<>();
      for (Object text : (Object[]) row.getArray(column).getArray()) {
        texts.add(String.valueOf(text).toLowerCase(Locale.ROOT));
      }
      return texts;
    }

    Set<Table> tables(Connection database) throws SQLException {
      if (summary || functions.stream().anyMatch(BY_TEXT::contains)) {
        return EnumSet.allOf(Table.class);
      }
      Set<Table> tables = EnumSet.noneOf(Table.class);
      for (Table table : Table.values()) {
        if (names.contains(table.sqlName())) {
          tables.add(table);
        }
      }
      for (View view : View.values()) {
        if (names.contains(view.sqlName())) {
          tables.addAll(of(view.described().sql(), database).tables(database));
        }
      }
      return tables;
    }
  }
}
