package dev.irqledger.cli.sql;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.Replayer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBConnection;

/**
 * The tables, in a database of their own that is gone when this is closed: first they are filled,
 * then they are asked.
 */
public final class LedgerTables implements AutoCloseable {
  private final TemporaryFolder folder;
  private final Thread atExit;
  private final String memory;
  private final Map<String, String> variables;
  private DuckDBConnection database;

  private LedgerTables(TemporaryFolder folder, String memory, Map<String, String> variables)
      throws SQLException {
    this.folder = folder;
    this.memory = memory;
    this.variables = variables;
    this.atExit = new Thread(this::remove, "remove tables");
    database = Engine.writable(folder.path(), memory, variables);
  }

  /**
   * Makes empty tables.
   *
   * @param memory how much memory the engine may use, such as 512MiB; beyond that it uses the disk
   * @param variables what {@code getvariable} gives, by name
   * @throws TablesFailure if that cannot be done
   */
  public static LedgerTables create(String memory, Map<String, String> variables) {
    try {
      TemporaryFolder folder = TemporaryFolder.create("irq-ledger-sql");
      LedgerTables tables = new LedgerTables(folder, memory, variables);
      Runtime.getRuntime().addShutdownHook(tables.atExit);
      tables.define();
      return tables;
    } catch (IOException | SQLException e) {
      throw new TablesFailure("no tables can be made", e);
    }
  }

  private void define() throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(Described.resource("tables.sql"));
      for (View view : View.values()) {
        Described described = view.described();
        String name = view.sqlName();
        statement.execute("CREATE VIEW " + name + " AS " + described.sql());
        statement.execute("COMMENT ON VIEW " + name + " IS " + Engine.text(described.title()));
      }
    }
  }

  /**
   * Reads a statement, and checks its names against the tables before anything is read of the log.
   *
   * @throws WrongStatement if it is not exactly one that only asks, or its names are not there
   */
  public Question question(String sql) {
    try {
      Question question = Question.of(sql, database);
      try (PreparedStatement _ = database.prepareStatement(sql)) {
        return question;
      }
    } catch (SQLException e) {
      throw new WrongStatement(e);
    }
  }

  /**
   * Fills the tables that are wanted. To be called once.
   *
   * @param replay folds the log while the observer looks on
   * @param progress is told of the number of events
   * @throws TablesFailure if that cannot be done
   */
  public Image fill(
      Set<Table> wanted, Function<Replayer.Observer, Image> replay, LongConsumer progress) {
    try (Filling filling = new Filling(database, wanted, progress)) {
      Image image = replay.apply(filling);
      filling.states(image);
      return image;
    } catch (SQLException e) {
      throw new TablesFailure("the tables cannot be filled", e);
    }
  }

  /**
   * From here on nothing can be written.
   *
   * @param files the only ones that the engine may write an answer to
   * @throws TablesFailure if that cannot be done
   */
  public Answers answers(List<Path> files) {
    try {
      database.close();
      database = Engine.readOnly(folder.path(), memory, variables, files);
      return new Answers(database);
    } catch (SQLException e) {
      throw new TablesFailure("the tables cannot be opened again", e);
    }
  }

  /**
   * A table or view, as the engine has it.
   *
   * @param title what it holds
   */
  public record Shape(String name, String title, List<Column> columns) {}

  /**
   * A column.
   *
   * @param type its type in SQL
   * @param what what it holds
   */
  public record Column(String name, String type, String what) {}

  /** The tables and views with their columns, in the order in which they are told of. */
  public List<Shape> described() {
    try (Statement statement = database.createStatement()) {
      List<Shape> shapes = new ArrayList<>();
      for (Table table : Table.values()) {
        shapes.add(Shapes.table(table, statement));
      }
      for (View view : View.values()) {
        shapes.add(Shapes.view(view, statement));
      }
      return shapes;
    } catch (SQLException e) {
      throw new TablesFailure("the tables cannot be described", e);
    }
  }

  /** A folder that is gone when this is closed, for an answer on its way. */
  public Path folder() {
    return folder.path();
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      throw new TablesFailure("the tables cannot be closed", e);
    } finally {
      if (!ending()) {
        remove();
      }
    }
  }

  /** True where the program ends already, and the folder is removed by that. */
  private boolean ending() {
    try {
      return !Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void remove() {
    try {
      folder.close();
    } catch (IOException e) {
      System.getLogger(LedgerTables.class.getName())
          .log(System.Logger.Level.WARNING, "not removed: " + folder.path(), e);
    }
  }
}
