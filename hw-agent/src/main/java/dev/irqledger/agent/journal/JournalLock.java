package dev.irqledger.agent.journal;

import dev.irqledger.agent.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock that makes an agent the only one of its host. The kernel frees it when a process dies.
 */
final class JournalLock implements AutoCloseable {
  private final FileChannel channel;

  private JournalLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of that folder.
   *
   * @throws JournalException if another agent has it; the message names its process
   */
  static JournalLock take(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    try {
      if (tryLock(channel) == null) {
        String holder = Files.readString(file).strip();
        throw new JournalException(
            Kind.LOCKED,
            "another agent holds the journal in "
                + folder
                + (holder.isEmpty() ? "" : " (process " + holder + ")")
                + ": ask that one, stop it, or name another --state-dir or --host");
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new JournalLock(channel);
    } catch (IOException | JournalException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
