package dev.irqledger.web.http;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.point.PointParser;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of one request. What cannot be used is a {@link Problem} that names it. */
final class Parameters {
  private static final int LONGEST = Cursor.LONGEST;

  private final Context request;
  private final Map<String, List<String>> query;

  /**
   * @throws Problem if one is repeated, or not known: misspelt, it would be ignored in silence
   */
  Parameters(Context request, String... known) {
    this.request = request;
    this.query = query(request);
    Set<String> names = Set.of(known);
    query.forEach((name, values) -> {
      if (!names.contains(name)) {
        throw new Problem(
            ProblemType.BAD_PARAMETER,
            "no such parameter here; there are " + String.join(", ", known));
      }
      if (values.size() != 1) {
        throw bad(name, "given " + values.size() + " times");
      }
    });
  }

  /** The query's values by their names; a query that is not encoded as one is refused. */
  static Map<String, List<String>> query(Context request) {
    try {
      return request.queryParamMap();
    } catch (IllegalArgumentException e) {
      throw new Problem(ProblemType.BAD_REQUEST, "the query is not encoded as a query is");
    }
  }

  static Problem bad(String name, String why) {
    return new Problem(ProblemType.BAD_PARAMETER, name + ": " + why);
  }

  /** The text of a parameter of the query; null where it is not given. */
  @Nullable String text(String name) {
    List<String> values = query.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    String value = values.getFirst();
    if (value.length() > LONGEST) {
      throw bad(name, "longer than " + LONGEST + " characters");
    }
    return value;
  }

  /** How many items a page is to have: from 1 to the most. */
  int pageSize(int usual, int most) {
    Integer size = number("pageSize", 1, most);
    return size == null ? usual : size;
  }

  /** A number within bounds; null where none is given. */
  @Nullable Integer number(String name, int least, int most) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    int number = number(text);
    if (number < least || number > most) {
      throw bad(name, "a number from " + least + " to " + most);
    }
    return number;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The cursor; null for a first page. */
  @Nullable Cursor cursor(String of) {
    String token = text("cursor");
    return token == null ? null : Cursor.parse(token, of);
  }

  /** The point that is asked about: now, unless one says otherwise. */
  Point at() {
    String text = text("at");
    return text == null ? Point.LATEST : point("at", text);
  }

  static Point point(String name, String text) {
    try {
      return PointParser.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad(name, "not one of " + PointParser.FORMS);
    }
  }

  /** Whether an answer will do that is behind. Asked before the other parameters are looked at. */
  static boolean allowsStale(Context request) {
    // A value that is not encoded as one is none: the list is empty then.
    List<String> values = query(request).getOrDefault("stale", List.of());
    return !values.isEmpty() && Stale.allowed.name().equals(values.getFirst());
  }

  /** What {@code stale} can say. */
  private enum Stale {
    allowed
  }

  /**
   * Checks {@code stale} of a question about the present.
   *
   * @throws Problem if it is not known, or the question is about a position
   */
  void requireSoundStale() {
    var stale = choice("stale", Stale.class, EnumSet.allOf(Stale.class));
    if (stale != null && (text("at") != null || text("cursor") != null)) {
      throw bad("stale", "not with at or cursor; pageSize=2048 holds every vector");
    }
  }

  /** A host of the query; null where none is given. */
  @Nullable String host() {
    String host = text("host");
    if (host != null) {
      requireHost(host);
    }
    return host;
  }

  /** The host that the path names. */
  String pathHost() {
    return new Path(request).host();
  }

  /** What the path alone says. */
  record Path(Context request) {
    String host() {
      String host = request.pathParam("host");
      requireHost(host);
      return host;
    }
  }

  /** The device that the path names. */
  DeviceKey pathDevice() {
    String host = pathHost();
    return new DeviceKey(host, bdf(request.pathParam("device")));
  }

  /** A PCI address of the query; null where none is given. */
  @Nullable String device() {
    String text = text("device");
    return text == null ? null : bdf(text).text();
  }

  /** A moment of the query in milliseconds since 1970; null where none is given. */
  @Nullable Long time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw bad(name, "a time such as 2026-11-22T14:34:12Z");
    }
  }

  /** One of some names; null where none is given. */
  <E extends Enum<E>> @Nullable E choice(String name, Class<E> of, Set<E> offered) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    for (E value : offered) {
      if (value.name().equals(text)) {
        return of.cast(value);
      }
    }
    throw bad(name, "one of " + offered);
  }

  private static void requireHost(String host) {
    // The rule for hosts is the key's: any address will do to ask it.
    try {
      var _ = new DeviceKey(host, new Bdf("0000:00:00.0"));
    } catch (IllegalArgumentException e) {
      throw bad("host", "letters, digits, '.', '-' and '_', at most 253 characters");
    }
  }

  private static Bdf bdf(String text) {
    try {
      return new Bdf(text);
    } catch (IllegalArgumentException e) {
      throw bad("device", "a PCI address such as 0000:01:00.0");
    }
  }
}
