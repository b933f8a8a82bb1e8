package dev.irqledger.cli.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that comes with the program, and what its comments at the top say of it: what it
 * answers, and then the names that belong to it, a line each.
 *
 * @param name the name of its file
 * @param title what it answers
 * @param names its columns (of a view) or parameters (of a ready query), each with its description
 * @param sql the statement
 */
public record Described(String name, String title, Map<String, String> names, String sql) {
  private static final Pattern NAME = Pattern.compile("-- (\\w+): (.+)");

  public Described {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  static Described read(String folder, String name) {
    String text = resource(folder + "/" + name + ".sql");
    Map<String, String> names = new LinkedHashMap<>();
    StringBuilder sql = new StringBuilder();
    String title = "";
    for (String line : text.lines().toList()) {
      Matcher described = NAME.matcher(line);
      if (described.matches()) {
        names.put(described.group(1), described.group(2));
      } else if (line.startsWith("-- ")) {
        title = line.substring(3);
      } else {
        sql.append(line).append('\n');
      }
    }
    return new Described(name, title, names, sql.toString().strip());
  }

  static String resource(String path) {
    try (InputStream in = Described.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
