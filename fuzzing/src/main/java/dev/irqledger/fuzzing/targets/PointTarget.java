package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.point.Point;
import dev.irqledger.core.point.PointParser;
import java.util.List;
import java.util.stream.Stream;

/**
 * Points of the log's history, as command lines, addresses and cursors name them. A text is a point
 * or an {@link IllegalArgumentException}; the token of a point is read as the same point.
 */
final class PointTarget implements Target {
  @Override
  public void check(byte[] input) {
    Point point;
    try {
      point = PointParser.parse(Text.of(input));
    } catch (IllegalArgumentException e) {
      Broken.unless(e.getMessage() != null, "an error says what points there are");
      return;
    }
    Broken.unlessEqual(point, PointParser.parse(point.token()), "a point's token");
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "latest",
            "earliest",
            "time:2026-11-22T14:34:12Z",
            "time:2026-11-22T14:34:12.000000001+02:00",
            "host-time:-0001-01-01T00:00:00-18:00",
            "offset:0@41,1@-1",
            "event:01234567-89ab-7cde-8f01-23456789abcd")
        .map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of("time:", "host-time:", "offset:", "event:", "+999999999-12-31T23:59:59Z", "@-1");
  }
}
