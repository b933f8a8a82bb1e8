package dev.irqledger.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Room on the disk that is kept for what must be written: the outcomes of operations that were
 * already made when the disk turned out to be full. It holds some 10,000 events.
 */
final class Ballast implements Room {
  static final int BYTES = 8 << 20;
  private static final int CHUNK = 1 << 16;

  private final Path file;

  Ballast(Path folder) {
    this.file = folder.resolve("ballast");
  }

  @Override
  public void keep() throws IOException {
    if (Files.exists(file) && Files.size(file) == BYTES) {
      return;
    }
    // looked up first, so that the attempt does not take the last room from others
    if (Files.getFileStore(file.getParent()).getUsableSpace() < 2L * BYTES) {
      throw new IOException("less than " + 2 * (BYTES >> 20) + " MiB are free");
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      // written, and nothing that compresses: a file with holes keeps no room
      Random random = new Random(BYTES);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (channel.position() < BYTES) {
        random.nextBytes(chunk.array());
        chunk.clear().limit(Math.toIntExact(Math.min(CHUNK, BYTES - channel.position())));
        channel.write(chunk);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  @Override
  public void drop() throws IOException {
    Files.deleteIfExists(file);
  }
}
