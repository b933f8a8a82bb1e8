package dev.irqledger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of signed heads. */
final class HeadsFile {
  /** Some 200 bytes a device: of a million devices. */
  private static final long LONGEST = 256L << 20;

  private HeadsFile() {}

  /**
   * What it holds.
   *
   * @throws InputException if it cannot be read, or is longer than any such file
   */
  static byte[] read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new InputException(file + " is too long for signed heads");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InputException(file + " does not exist: check the name");
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage());
    }
  }
}
