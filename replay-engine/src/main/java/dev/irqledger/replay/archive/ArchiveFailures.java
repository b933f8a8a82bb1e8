package dev.irqledger.replay.archive;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is wrong with an archive, in one line that names the file and the remedy. */
final class ArchiveFailures {
  private ArchiveFailures() {}

  static ReplayException none(Path directory) {
    return new ReplayException(
        Kind.ARCHIVE_UNREADABLE,
        directory
            + " is no archive: it has no "
            + Layout.MANIFEST
            + "; check the name, or make one with 'replay archive pull'");
  }

  static ReplayException damaged(Path file, String why) {
    return new ReplayException(Kind.ARCHIVE_UNREADABLE, damage(file.toString(), why));
  }

  static ReplayException unreadable(Path file, Throwable cause) {
    String why =
        switch (cause) {
          case NoSuchFileException _ -> "it is not there";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> cause.getClass().getSimpleName() + oneLine(cause.getMessage());
        };
    return new ReplayException(Kind.ARCHIVE_UNREADABLE, damage(file.toString(), why), cause);
  }

  /** The line about a damaged file. */
  static String damage(String file, String why) {
    return file + " is damaged (" + why + "): take it from a copy, or pull the archive anew";
  }

  static ReplayException unwritable(Path file, IOException e) {
    String why =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName() + oneLine(e.getMessage());
    return new ReplayException(
        Kind.ARCHIVE_UNWRITABLE,
        file + " cannot be written (" + why + "): make room or rights, and run it again to go on",
        e);
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "" : ": " + message.lines().findFirst().orElse("");
  }
}
