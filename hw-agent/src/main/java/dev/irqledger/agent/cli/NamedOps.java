package dev.irqledger.agent.cli;

import dev.irqledger.recordings.OpFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * An op file with the name that messages call it by.
 *
 * @param name its path, or {@code stdin}
 * @param file its lines
 */
record NamedOps(String name, OpFile file) {
  private static final String STDIN = "-";

  /**
   * Reads an op file.
   *
   * @param path where it is; {@code -} stands for {@code stdin}
   * @throws InputException if it cannot be read
   */
  static NamedOps read(String path, InputStream stdin) {
    try {
      return path.equals(STDIN)
          ? new NamedOps("stdin", OpFile.parse(lines(stdin)))
          : new NamedOps(path, OpFile.parse(lines(path)));
    } catch (NoSuchFileException e) {
      throw new InputException(path + " does not exist: check the name");
    } catch (FileSystemException e) {
      throw new InputException(path + " cannot be read: " + e.getReason());
    } catch (IOException e) {
      throw new InputException(path + " cannot be read: " + e.getMessage());
    }
  }

  private static List<String> lines(String path) throws IOException {
    Path file = Path.of(path);
    if (Files.isDirectory(file)) {
      throw new InputException(path + " is a directory: name the files in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return lines(in);
    }
  }

  /** Bytes that are no UTF-8 make a bad line, not a failure. */
  private static List<String> lines(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
  }
}
