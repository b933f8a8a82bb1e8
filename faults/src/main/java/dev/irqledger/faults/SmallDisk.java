package dev.irqledger.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a node's own, which can be full. */
final class SmallDisk {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final String BALLAST = "ballast";

  private final Path folder;

  /**
   * Mounts it; it is gone with the mount namespace.
   *
   * @param megabytes how much fits
   */
  SmallDisk(Path folder, int megabytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    SystemCommand.run(
        "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", folder.toString());
  }

  Path folder() {
    return folder;
  }

  /** Leaves no byte free. */
  void fill() throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream ballast = Files.newOutputStream(folder.resolve(BALLAST))) {
      for (int size = CHUNK_BYTES; size > 0; ) {
        try {
          ballast.write(chunk, 0, size);
        } catch (IOException full) {
          size /= 2; // "No space left on device": what is left is smaller
        }
      }
    }
  }

  /** Gives all of it back. */
  void free() throws IOException {
    Files.deleteIfExists(folder.resolve(BALLAST));
  }
}
