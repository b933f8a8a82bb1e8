package dev.irqledger.agent.journal;

import dev.irqledger.agent.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock that makes an agent the only one of its host. The kernel frees it when a process dies.
 */
final class JournalLock implements AutoCloseable {
  /**
   * The folders that this process holds. To open and close such a lock's file again would give the
   * lock away (fcntl(2)).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private JournalLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of that folder.
   *
   * @throws JournalException if another agent has it; the message names its process
   */
  static JournalLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw held(folder, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return new JournalLock(real, locked(folder));
    } catch (IOException | JournalException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    try {
      if (channel.tryLock() == null) {
        throw held(folder, Files.readString(file).strip());
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | JournalException e) {
      channel.close();
      throw e;
    }
  }

  private static JournalException held(Path folder, String holder) {
    return new JournalException(
        Kind.LOCKED,
        "another agent holds the journal in "
            + folder
            + (holder.isEmpty() ? "" : " (process " + holder + ")")
            + ": ask that one, stop it, or name another --state-dir or --host");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(folder);
    }
  }
}
