package dev.irqledger.agent.journal;

import java.io.IOException;

/** Room on the disk that is kept for outcomes. */
public interface Room {
  /**
   * Makes sure that it is kept.
   *
   * @throws IOException if there is not so much room
   */
  void keep() throws IOException;

  /**
   * Gives it away.
   *
   * @throws IOException if it cannot be given away
   */
  void drop() throws IOException;
}
