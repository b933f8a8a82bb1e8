package dev.irqledger.system;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder with all that is in it as one file. */
final class FolderZip {
  private FolderZip() {}

  /**
   * Packs it.
   *
   * @param wanted which of its files, by their names
   */
  static void pack(Path folder, Path zip, Predicate<String> wanted) throws IOException {
    try (FileSystem packed = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      copy(folder, packed.getPath("/"), wanted);
    }
  }

  static void unpack(Path zip, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (FileSystem packed = FileSystems.newFileSystem(zip)) {
      copy(packed.getPath("/"), folder, _ -> true);
    }
  }

  private static void copy(Path from, Path to, Predicate<String> wanted) throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(from)) {
      all = walked.filter(path -> !path.equals(from)).toList();
    }
    for (Path path : all) {
      Path copy = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copy);
      } else if (wanted.test(path.getFileName().toString())) {
        Files.copy(path, copy);
      }
    }
  }
}
