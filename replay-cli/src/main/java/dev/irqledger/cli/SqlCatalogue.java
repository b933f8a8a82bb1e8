package dev.irqledger.cli;

import dev.irqledger.cli.sql.LedgerTables;
import dev.irqledger.cli.sql.ReadyQuery;
import java.io.PrintWriter;

/** What can be asked, and of which tables. */
final class SqlCatalogue {
  private SqlCatalogue() {}

  /** Lists the ready questions. */
  static void ready(PrintWriter out) {
    for (ReadyQuery query : ReadyQuery.all()) {
      out.printf("%-20s %s%n", query.name(), query.title());
      query
          .parameters()
          .forEach((name, description) -> out.printf("    -p %-13s %s%n", name + "=", description));
    }
  }

  /** Lists the tables and views. */
  static void tables(LedgerTables tables, PrintWriter out) {
    tables
        .described()
        .forEach(table -> {
          out.println(table.name() + "  " + table.title());
          table
              .columns()
              .forEach(column ->
                  out.printf("    %-18s %-12s %s%n", column.name(), column.type(), column.what()));
        });
  }
}
