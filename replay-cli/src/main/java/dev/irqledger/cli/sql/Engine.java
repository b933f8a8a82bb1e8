package dev.irqledger.cli.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * How the engine is started: without a way to files, to the network, to extensions or to its own
 * configuration. Once a connection is handed out, none of that can be changed any more.
 */
final class Engine {
  private Engine() {}

  /** Opens the database to be written to. */
  static DuckDBConnection writable(Path folder, String memory, Map<String, String> variables)
      throws SQLException {
    return open(folder, memory, variables, List.of(), new Properties());
  }

  /**
   * Opens it to be read from.
   *
   * @param allowed the only files that the engine may touch beside its own
   */
  static DuckDBConnection readOnly(
      Path folder, String memory, Map<String, String> variables, List<Path> allowed)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("access_mode", "READ_ONLY");
    properties.setProperty("jdbc_stream_results", "true");
    return open(folder, memory, variables, allowed, properties);
  }

  private static DuckDBConnection open(
      Path folder,
      String memory,
      Map<String, String> variables,
      List<Path> allowed,
      Properties properties)
      throws SQLException {
    properties.setProperty("memory_limit", memory);
    properties.setProperty("temp_directory", folder.resolve("spill").toString());
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("ledger.duckdb"), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET allowed_paths = " + texts(allowed));
      statement.execute("SET enable_external_access = false");
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        statement.execute(
            "SET VARIABLE \"" + variable.getKey() + "\" = " + text(variable.getValue()));
      }
      statement.execute("SET lock_configuration = true");
      return connection.unwrap(DuckDBConnection.class);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String texts(List<Path> paths) {
    return paths.stream()
        .map(path -> text(path.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
