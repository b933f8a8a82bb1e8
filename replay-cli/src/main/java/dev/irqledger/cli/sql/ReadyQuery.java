package dev.irqledger.cli.sql;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A question that comes with the program. */
public final class ReadyQuery {
  /** What the description of a parameter that may be left out begins with. */
  private static final String OPTIONAL = "(optional) ";

  private final Described described;

  private ReadyQuery(Described described) {
    this.described = described;
  }

  /** All of them, in the order in which they are listed. */
  public static List<ReadyQuery> all() {
    return Described.resource("ready/INDEX").lines().map(ReadyQuery::read).toList();
  }

  /**
   * The one of that name.
   *
   * @throws WrongStatement if there is none
   */
  public static ReadyQuery named(String name) {
    return all().stream()
        .filter(query -> query.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new WrongStatement("no ready query is named '" + name + "': --list has them"));
  }

  private static ReadyQuery read(String name) {
    return new ReadyQuery(Described.read("ready", name));
  }

  public String name() {
    return described.name();
  }

  /** What it answers. */
  public String title() {
    return described.title();
  }

  /** Its parameters, each with its description. */
  public Map<String, String> parameters() {
    return described.names();
  }

  public String sql() {
    return described.sql();
  }

  /**
   * It must be given what it needs, and nothing else.
   *
   * @throws WrongStatement if it is not
   */
  public void require(Map<String, String> given) {
    for (String name : new TreeSet<>(given.keySet())) {
      if (!parameters().containsKey(name)) {
        throw new WrongStatement(name() + " has no parameter '" + name + "'" + hint());
      }
    }
    parameters()
        .forEach((name, description) -> {
          if (!description.startsWith(OPTIONAL) && !given.containsKey(name)) {
            throw new WrongStatement(name() + " needs -p " + name + "=...: " + description);
          }
        });
  }

  private String hint() {
    return parameters().isEmpty()
        ? ": it has none"
        : ": it has " + String.join(", ", parameters().keySet());
  }
}
