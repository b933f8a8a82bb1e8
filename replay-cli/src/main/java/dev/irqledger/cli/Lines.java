package dev.irqledger.cli;

import dev.irqledger.recordings.RecordingParser;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a file, numbered from 1; a gzip file is unpacked on the way. No more of a line is
 * held than {@link RecordingParser} reads.
 */
public final class Lines {
  private static final int GZIP_MAGIC = 0x1f8b;

  private Lines() {}

  /** Takes one line. */
  @FunctionalInterface
  public interface Sink {
    void line(long number, String text);
  }

  /**
   * Hands over every line of the file.
   *
   * @throws InputException if the file cannot be read
   */
  public static void read(Path file, Sink sink) {
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a directory: name the files in it");
    }
    try (InputStream bytes = unpacked(file);
        Reader text =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16)) {
      split(text, sink);
    } catch (NoSuchFileException e) {
      throw new InputException(file + " does not exist: check the name");
    } catch (FileSystemException e) {
      throw new InputException(file + " cannot be read: " + e.getReason());
    } catch (EOFException e) {
      throw new InputException(file + " cannot be read: it is packed, and ends too early");
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage());
    }
  }

  private static InputStream unpacked(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    bytes.mark(2);
    int magic = bytes.read() << 8 | bytes.read();
    bytes.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  private static void split(Reader text, Sink sink) throws IOException {
    StringBuilder line = new StringBuilder();
    long number = 1;
    for (int c = text.read(); c >= 0; c = text.read()) {
      if (c == '\n') {
        sink.line(number++, withoutReturn(line));
        line.setLength(0);
      } else if (line.length() <= RecordingParser.MAX_LINE_CHARS) {
        line.append((char) c);
      }
    }
    if (line.length() > 0) {
      sink.line(number, withoutReturn(line));
    }
  }

  private static String withoutReturn(StringBuilder line) {
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
