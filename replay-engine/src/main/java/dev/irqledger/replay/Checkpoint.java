package dev.irqledger.replay;

import dev.irqledger.wire.FoldedState;
import java.util.function.Consumer;

/** The states of one partition's devices after one of its records: where a fold can begin. */
public interface Checkpoint {
  /** The offset of the last record that is in it. */
  long last();

  /** The latest log time among the records that are in it, milliseconds since 1970. */
  long logTimeMillis();

  /** How many of those records could not be decoded. */
  long unreadable();

  /** The first of them in words, empty where there is none. */
  String firstUnreadable();

  /**
   * Hands over the states of all devices whose text begins with the prefix.
   *
   * @param prefix {@code host/BDF}, {@code host/}, or nothing for all
   * @throws ReplayException if they cannot be read
   */
  void states(String prefix, Consumer<? super FoldedState> sink);
}
