package dev.irqledger.replay.archive;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.wire.Decoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins a segment with records of another one. */
final class Copy {
  private final Workplace place;
  private @Nullable SegmentWriter writer;

  private Copy(Workplace place) {
    this.place = place;
  }

  /**
   * A segment with all records of the old one from an offset on; null where there is none.
   *
   * @throws dev.irqledger.replay.ReplayException if the old one cannot be read
   */
  static @Nullable SegmentWriter of(
      Workplace place, ArchiveLogSource archive, Segment old, long from) throws IOException {
    Copy copy = new Copy(place);
    try {
      archive.read(
          new TreeMap<>(Map.of(old.partition(), from)),
          new TreeMap<>(Map.of(old.partition(), old.last())),
          copy::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return copy.writer;
  }

  private boolean add(LogRecord record) {
    try {
      SegmentWriter open = writer;
      if (open == null) {
        open = new SegmentWriter(place.disk(), place.directory(), record);
        writer = open;
      }
      open.add(record, id(record));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable UUID id(LogRecord record) {
    return place.events().decode(record.value())
            instanceof Decoded.Value<InterruptEvent>(InterruptEvent event)
        ? event.id()
        : null;
  }
}
