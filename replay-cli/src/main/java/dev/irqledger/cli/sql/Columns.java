package dev.irqledger.cli.sql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of an answer's columns, each of its own. */
final class Columns {
  private Columns() {}

  /** A name that was there before gets the column's number after it. */
  static List<String> of(ResultSetMetaData answer) throws SQLException {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int column = 1; column <= answer.getColumnCount(); column++) {
      String name = answer.getColumnLabel(column);
      while (!seen.add(name)) {
        name += "_" + column;
      }
      names.add(name);
    }
    return names;
  }
}
