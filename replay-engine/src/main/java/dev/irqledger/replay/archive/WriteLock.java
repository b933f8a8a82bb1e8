package dev.irqledger.replay.archive;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second writer away. The kernel lets go of it when the process dies, however it dies. */
record WriteLock(FileChannel channel) implements AutoCloseable {
  @SuppressWarnings("MustBeClosedChecker") // closed with the record
  static WriteLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(Layout.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new WriteLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process: the same answer
    }
    channel.close();
    throw new ReplayException(
        Kind.ARCHIVE_UNWRITABLE,
        directory + " is being written by another process: wait until that has ended");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
