package dev.irqledger.simulation.host;

import dev.irqledger.simulation.fate.Chance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The journal's files at one moment.
 *
 * @param database the data base
 * @param log its write-ahead log
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record DiskImage(byte[] database, byte[] log) {
  private static final String DATABASE = "journal.db";
  private static final String LOG = "journal.db-wal";

  /** A disk writes so many bytes, or none of them. */
  private static final int SECTOR = 512;

  static DiskImage of(Path folder) {
    return new DiskImage(read(folder.resolve(DATABASE)), read(folder.resolve(LOG)));
  }

  private static byte[] read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a power cut leaves of a commit: of its sectors in the write-ahead log some are written. A
   * commit that went on to write the data base had its log on the disk before.
   */
  DiskImage tornOnTheWayTo(DiskImage after, Chance chance) {
    if (!Arrays.equals(database, after.database) || log.length > after.log.length) {
      return after;
    }
    byte[] mixed = Arrays.copyOf(log, after.log.length);
    boolean inOrder = chance.oneIn(2);
    int sectors = (mixed.length + SECTOR - 1) / SECTOR;
    int cut = chance.below(sectors + 1);
    int written = 0;
    for (int sector = 0; sector < sectors; sector++) {
      int from = sector * SECTOR;
      int to = Math.min(mixed.length, from + SECTOR);
      if (Arrays.equals(mixed, from, to, after.log, from, to)) {
        continue;
      }
      if (inOrder ? sector < cut : chance.oneIn(2)) {
        System.arraycopy(after.log, from, mixed, from, to - from);
        written = to;
      }
    }
    return new DiskImage(database, Arrays.copyOf(mixed, Math.max(log.length, written)));
  }

  void writeTo(Path folder) {
    try {
      if (database.length > 0) {
        Files.write(folder.resolve(DATABASE), database);
      }
      if (log.length > 0) {
        Files.write(folder.resolve(LOG), log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }
}
