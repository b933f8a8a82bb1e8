package dev.irqledger.core.point;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** A moment of the log, as a person names it. Resolving it gives an offset for each partition. */
public sealed interface Point {
  Point LATEST = new Latest();
  Point EARLIEST = new Earliest();

  /** The form that {@link PointParser} reads. */
  String token();

  /** After the last record there is. */
  record Latest() implements Point {
    @Override
    public String token() {
      return "latest";
    }
  }

  /** Before the first record there is. */
  record Earliest() implements Point {
    @Override
    public String token() {
      return "earliest";
    }
  }

  /** After every record that the brokers appended up to that time; log time has milliseconds. */
  record LogTime(Instant time) implements Point {
    @Override
    public String token() {
      return "time:" + time;
    }
  }

  /** Before the first event of one host that its own clock places after that time. */
  record HostTime(Instant time) implements Point {
    @Override
    public String token() {
      return "host-time:" + time;
    }
  }

  /**
   * After these records, one for each partition.
   *
   * @param last the last record included, by partition; -1 for none
   */
  record Offsets(SortedMap<Integer, Long> last) implements Point {
    public Offsets {
      last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
    }

    /** From any map of partitions to offsets. */
    public static Offsets of(Map<Integer, Long> last) {
      return new Offsets(new TreeMap<>(last));
    }

    @Override
    public String token() {
      return last.entrySet().stream()
          .map(e -> e.getKey() + "@" + e.getValue())
          .collect(Collectors.joining(",", "offset:", ""));
    }
  }

  /** After that event on its partition, the other partitions at its log time. */
  record AfterEvent(UUID event) implements Point {
    @Override
    public String token() {
      return "event:" + event;
    }
  }
}
