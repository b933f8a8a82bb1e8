package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Errno;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's attribute files: small texts, read and written whole. What is not there is null or
 * empty, since things come and go while they are read; every other failure is a {@link
 * VfioException} with the errno.
 */
final class Attributes {
  /** Java gives the C library's words for an error, not its number. */
  private static final Map<String, Errno> BY_WORDS =
      Map.of(
          "Operation not permitted", Errno.EPERM,
          "No such device", Errno.ENODEV,
          "Device or resource busy", Errno.EBUSY,
          "Invalid argument", Errno.EINVAL,
          "Cannot allocate memory", Errno.ENOMEM,
          "No space left on device", Errno.ENOSPC,
          "Too many open files", Errno.EMFILE);

  private Attributes() {}

  /**
   * A file's text without the white space around it.
   *
   * @throws VfioException also where the file is not there
   */
  static String read(Path file) {
    String text = readIfThere(file);
    if (text == null) {
      throw new VfioException("reading " + file, Errno.ENOENT.number());
    }
    return text;
  }

  /** As {@link #read}; null where the file is not there, or went while it was read. */
  static @Nullable String readIfThere(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      if (isGone(e) || Files.notExists(file)) {
        return null;
      }
      throw failure("reading " + file, e);
    }
  }

  /** The names in a directory, in no order; empty where it is not there. */
  static List<String> names(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(file -> names.add(nameOf(file)));
    } catch (DirectoryIteratorException e) {
      throw failure("listing " + directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      if (!isGone(e)) {
        throw failure("listing " + directory, e);
      }
    }
    return names;
  }

  /** The last name of what a link leads to; null where there is no such link. */
  static @Nullable String linkName(Path link) {
    try {
      return nameOf(Files.readSymbolicLink(link));
    } catch (NotLinkException e) {
      return null;
    } catch (IOException e) {
      if (isGone(e)) {
        return null;
      }
      throw failure("reading the link " + link, e);
    }
  }

  /** Writes the text into a file that is there: the kernel makes these files, nobody else. */
  static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failure("writing '" + text.strip() + "' to " + file, e);
    }
  }

  static VfioException failure(String operation, IOException cause) {
    VfioException failure = new VfioException(operation, errno(cause).number());
    failure.initCause(cause);
    return failure;
  }

  /** Opening a file that went is ENOENT; reading one that went after it was opened is ENODEV. */
  static boolean isGone(IOException e) {
    Errno errno = errno(e);
    return errno == Errno.ENOENT || errno == Errno.ENODEV;
  }

  private static Errno errno(IOException e) {
    return switch (e) {
      case NoSuchFileException _, NotDirectoryException _ -> Errno.ENOENT;
      case AccessDeniedException _ -> Errno.EACCES;
      case FileSystemException f -> byWords(f.getReason());
      default -> byWords(e.getMessage());
    };
  }

  private static Errno byWords(@Nullable String words) {
    return words == null ? Errno.EIO : BY_WORDS.getOrDefault(words, Errno.EIO);
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
