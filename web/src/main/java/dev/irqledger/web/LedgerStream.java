package dev.irqledger.web;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.avro.Violation;
import java.time.Duration;
import java.util.List;

/** What happens from a place on, as it is committed. Used by one thread at a time. */
public interface LedgerStream extends AutoCloseable {
  /** Something that happened. */
  sealed interface Message {
    /** The text from which the stream goes on behind this message. */
    String place();
  }

  /**
   * An event was folded, and its result committed.
   *
   * @param position where it stands in the log
   */
  record Happened(InterruptEvent event, LogPosition position, String place) implements Message {}

  /** A finding was made. */
  record Found(Violation finding, String place) implements Message {}

  /** The place before the first message: whoever comes back before there is one goes on here. */
  String start();

  /**
   * The next messages, empty where none came in time.
   *
   * @param most how long to wait for one
   * @throws QueryException if the log cannot be read any more
   */
  List<Message> next(Duration most);

  @Override
  void close();
}
