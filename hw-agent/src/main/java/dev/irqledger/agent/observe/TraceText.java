package dev.irqledger.agent.observe;

import java.io.IOException;
import java.time.Duration;

/** The text of a trace buffer as it comes, such as that of {@code trace_pipe}. */
public interface TraceText extends AutoCloseable {
  /**
   * Takes what is there, waiting for the first of it.
   *
   * @param into takes the bytes, from its beginning on
   * @param timeout how long to wait at most; zero takes only what is there already
   * @return how many bytes; 0 where none came in time, or after {@link #wake}
   * @throws IOException if there will be no more
   */
  int read(byte[] into, Duration timeout) throws IOException;

  /** Ends a wait of another thread, or its next one. */
  void wake();

  @Override
  void close() throws IOException;
}
