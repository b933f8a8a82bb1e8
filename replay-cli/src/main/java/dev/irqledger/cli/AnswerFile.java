package dev.irqledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Takes an answer that was written to a file to where it is wanted. */
final class AnswerFile {
  private AnswerFile() {}

  /**
   * Moves the answer, or prints it.
   *
   * @param answer what was written
   * @param to where it is wanted, null for the standard output
   */
  static void deliver(Path answer, @Nullable Path to, PrintWriter out) {
    try {
      if (to == null) {
        print(answer, out);
      } else {
        replace(answer, to);
      }
    } catch (IOException e) {
      throw OutputException.of(to == null ? "the answer" : to, e);
    }
  }

  private static void print(Path answer, PrintWriter out) throws IOException {
    try (Reader text = Files.newBufferedReader(answer)) {
      char[] part = new char[1 << 13];
      for (int read = text.read(part); read >= 0 && !out.checkError(); read = text.read(part)) {
        out.write(part, 0, read);
      }
    }
    out.flush();
  }

  /** Whoever reads the file sees the old one or the whole new one. */
  private static void replace(Path answer, Path to) throws IOException {
    Path absolute = to.toAbsolutePath();
    Path beside = absolute.resolveSibling("." + absolute.getFileName() + ".part");
    try {
      Files.copy(answer, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
