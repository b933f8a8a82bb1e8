package dev.irqledger.agent.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is room on the journal's disk, beyond what is kept for outcomes. Once that had to
 * be used there is none, until as much can be kept again. The journal's writer alone may use it;
 * any thread may ask whether the disk {@link #isFull is full}.
 */
final class KeptRoom {
  private static final Logger LOG = LoggerFactory.getLogger(KeptRoom.class);

  /** How often room is looked for while there is none. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Path folder;
  private final Room room;
  private final LongSupplier nanoTime;
  private volatile boolean full;
  private long lastTried;

  KeptRoom(Path folder, JournalPlatform platform) {
    this.folder = folder;
    this.room = platform.room().apply(folder);
    this.nanoTime = platform.nanoTime();
  }

  /** Whether there was no room when it was looked for last. */
  boolean isFull() {
    return full;
  }

  /** Whether there is room; looks for it, but not too often. */
  boolean isThere() {
    if (full && nanoTime.getAsLong() - lastTried > RETRY.toNanos()) {
      keep();
    }
    return !full;
  }

  /** Keeps room for outcomes, if there is any. */
  void keep() {
    lastTried = nanoTime.getAsLong();
    try {
      room.keep();
      full = false;
    } catch (IOException e) {
      if (!full) {
        LOG.warn("no room can be kept for outcomes in {}: {}", folder, e.getMessage());
      }
      full = true;
    }
  }

  /** The disk takes no more: gives up what was kept. */
  void use() throws IOException {
    if (!full) {
      LOG.warn("no space is left in {}: nothing is allocated until there is", folder);
    }
    full = true;
    room.drop();
  }
}
