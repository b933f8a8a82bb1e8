package dev.irqledger.simulation.host;

import dev.irqledger.agent.journal.JournalPlatform;
import dev.irqledger.agent.journal.Room;
import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.Life;
import dev.irqledger.simulation.fate.Life.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The journal's folder as one process sees it. SQLite is the real one: a full disk is a limit of
 * its pages, and a death leaves the files as they are at that moment, or with a commit in parts.
 */
final class SimulatedDisk implements JournalPlatform.Connector, Room {
  private static final long NO_LIMIT = 4_294_967_294L;

  /** As many pages as are given away when the disk is full. */
  private static final int BALLAST_PAGES = 512;

  private final Path folder;
  private final Life life;
  private final Fate fate;
  private @Nullable Connection raw;
  private boolean full;

  /** Whether the room that was kept is given away. */
  private boolean dropped;

  private @Nullable DiskImage torn;

  SimulatedDisk(Path folder, Life life, Fate fate) {
    this.folder = folder;
    this.life = life;
    this.fate = fate;
  }

  Path folder() {
    return folder;
  }

  boolean isFull() {
    return full;
  }

  /** The disk is full from now on, or has room again. */
  void full(boolean to) {
    full = to;
    if (raw != null) {
      limit(raw, to);
    }
  }

  private static void limit(Connection db, boolean full) {
    try (Statement statement = db.createStatement()) {
      long pages = NO_LIMIT;
      if (full) {
        try (ResultSet count = statement.executeQuery("PRAGMA page_count")) {
          pages = count.getLong(1);
        }
      }
      set(statement, pages);
    } catch (SQLException e) {
      throw new IllegalStateException("the limit of pages cannot be set", e);
    }
  }

  private static void set(Statement statement, long pages) throws SQLException {
    statement.executeQuery("PRAGMA max_page_count = " + pages).close();
  }

  /** What a process that begins now would find. */
  DiskImage image() {
    return torn != null ? torn : DiskImage.of(folder);
  }

  @Override
  public void keep() throws IOException {
    if (full) {
      throw new IOException("no space left on device");
    }
    dropped = false;
    if (raw != null) {
      limit(raw, false);
    }
  }

  @Override
  public void drop() throws IOException {
    fate.count(Fault.DISK_FULL);
    dropped = true;
    Connection db = raw;
    if (db == null) {
      return;
    }
    try (Statement statement = db.createStatement();
        ResultSet count = statement.executeQuery("PRAGMA page_count")) {
      set(statement, count.getLong(1) + BALLAST_PAGES);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public Connection connect(String url, Properties settings) throws SQLException {
    Connection db = DriverManager.getConnection(url, settings);
    raw = db;
    if (full) {
      limit(db, true);
    }
    return (Connection)
        Proxy.newProxyInstance(
            SimulatedDisk.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              Object result = invoke(db, method, arguments);
              return method.getName().equals("createStatement")
                  ? observed((Statement) result)
                  : result;
            });
  }

  private Statement observed(Statement statement) {
    return (Statement)
        Proxy.newProxyInstance(
            SimulatedDisk.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            (_, method, arguments) ->
                method.getName().equals("execute") && "COMMIT".equals(arguments[0])
                    ? commit(statement, method, arguments)
                    : invoke(statement, method, arguments));
  }

  private Object commit(Statement statement, Method method, Object[] arguments) throws Throwable {
    if (full && !dropped && fate.chance().oneIn(8)) {
      statement.execute("ROLLBACK"); // as SQLite does where the log cannot grow
      throw new SQLiteException("database or disk is full", SQLiteErrorCode.SQLITE_FULL);
    }
    boolean tears = life.diesNext() && fate.strikes(Fault.TORN_COMMIT, 2);
    DiskImage before = tears ? DiskImage.of(folder) : null;
    if (before != null) {
      Object result = invoke(statement, method, arguments);
      torn = before.tornOnTheWayTo(DiskImage.of(folder), fate.chance());
      fate.count(Fault.TORN_COMMIT);
      life.touch(Place.COMMIT_BEGINS);
      return result;
    }
    life.touch(Place.COMMIT_BEGINS);
    Object result = invoke(statement, method, arguments);
    life.touch(Place.COMMITTED);
    return result;
  }

  private static Object invoke(Object of, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(of, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Frees what the process held of it, and removes its files. */
  void clear() {
    try {
      if (raw != null) {
        raw.close();
      }
      DiskImage.delete(folder);
    } catch (SQLException e) {
      throw new IllegalStateException("closing the journal of a dead process", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path newFolder(Path root, int number) {
    try {
      return Files.createDirectories(root.resolve("life-" + number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
