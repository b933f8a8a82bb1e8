package dev.irqledger.core.point;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads points. */
public final class PointParser {
  /** The forms, for help texts and errors. */
  public static final String FORMS =
      "latest, earliest, time:2026-11-22T14:34:12Z, host-time:2026-11-22T14:34:12Z,"
          + " offset:0@41,1@-1 or event:UUID";

  private static final Pattern OFFSET = Pattern.compile("(\\d{1,9})@(-1|\\d{1,18})");

  private PointParser() {}

  /**
   * The point that the text names.
   *
   * @throws IllegalArgumentException if it names none, with the forms there are
   */
  public static Point parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (colon < 0) {
      return switch (kind) {
        case "latest" -> Point.LATEST;
        case "earliest" -> Point.EARLIEST;
        default -> throw none(text, "no such form");
      };
    }
    return switch (kind) {
      case "time" -> new Point.LogTime(time(text, rest));
      case "host-time" -> new Point.HostTime(time(text, rest));
      case "offset" -> offsets(text, rest);
      case "event" -> event(text, rest);
      default -> throw none(text, "no such form");
    };
  }

  private static Instant time(String text, String rest) {
    try {
      // In UTC, since that is how its token says it.
      return OffsetDateTime.parse(rest).withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw none(text, "the time needs a date, a time and a zone");
    } catch (DateTimeException e) {
      throw none(text, "the year has more than nine digits in UTC");
    }
  }

  private static Point offsets(String text, String rest) {
    TreeMap<Integer, Long> last = new TreeMap<>();
    for (String part : rest.split(",", -1)) {
      Matcher m = OFFSET.matcher(part);
      if (!m.matches()) {
        throw none(text, "'" + part + "' is not PARTITION@OFFSET");
      }
      if (last.put(Integer.parseInt(m.group(1)), Long.parseLong(m.group(2))) != null) {
        throw none(text, "partition " + m.group(1) + " is named twice");
      }
    }
    return new Point.Offsets(last);
  }

  private static Point event(String text, String rest) {
    try {
      return new Point.AfterEvent(UUID.fromString(rest));
    } catch (IllegalArgumentException e) {
      throw none(text, "the event's id is not a UUID");
    }
  }

  private static IllegalArgumentException none(String text, String why) {
    return new IllegalArgumentException(
        "not a point: '" + text + "' (" + why + "); a point is " + FORMS);
  }
}
