package dev.irqledger.cli.imports;

import dev.irqledger.wire.SealedEvent;

/** Where imported events go. */
public interface EventSink extends AutoCloseable {
  /**
   * Takes the next event.
   *
   * @throws RuntimeException if it, or one before it, cannot be taken
   */
  void send(SealedEvent event);

  /**
   * Waits until all that was sent is safe.
   *
   * @throws RuntimeException if something is not
   */
  void flush();

  @Override
  void close();
}
