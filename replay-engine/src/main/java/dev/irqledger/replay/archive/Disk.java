package dev.irqledger.replay.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** All that changes an archive's directory goes through here, so that tests can break it. */
interface Disk {
  /** The file system itself. */
  Disk REAL = new Disk() {};

  default void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory);
  }

  /** A new file, or one in the place of an old one. */
  default OutputStream create(Path file) throws IOException {
    return Files.newOutputStream(file);
  }

  /** Makes the content of a file, or the names in a directory, outlive a loss of power. */
  default void force(Path fileOrDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Gives a file its name, in one step. */
  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
