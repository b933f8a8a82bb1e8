package dev.irqledger.cli.sql;

import dev.irqledger.cli.sql.LedgerTables.Column;
import dev.irqledger.cli.sql.LedgerTables.Shape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the engine what its tables and views are. */
final class Shapes {
  private Shapes() {}

  static Shape table(Table table, Statement statement) throws SQLException {
    String name = table.sqlName();
    List<Column> columns = new ArrayList<>();
    try (ResultSet row = columns(name, statement)) {
      while (row.next()) {
        columns.add(new Column(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    String comment = "SELECT comment FROM duckdb_tables() WHERE table_name = ";
    try (ResultSet row = statement.executeQuery(comment + Engine.text(name))) {
      row.next();
      return new Shape(name, row.getString(1), columns);
    }
  }

  static Shape view(View view, Statement statement) throws SQLException {
    Described described = view.described();
    List<Column> columns = new ArrayList<>();
    try (ResultSet row = columns(view.sqlName(), statement)) {
      while (row.next()) {
        String column = row.getString(1);
        columns.add(
            new Column(column, row.getString(2), String.valueOf(described.names().get(column))));
      }
    }
    return new Shape(view.sqlName(), described.title(), columns);
  }

  private static ResultSet columns(String name, Statement statement) throws SQLException {
    return statement.executeQuery(
        "SELECT column_name, replace(data_type, 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ'), comment"
            + " FROM duckdb_columns() WHERE table_name = "
            + Engine.text(name)
            + " ORDER BY column_index");
  }
}
