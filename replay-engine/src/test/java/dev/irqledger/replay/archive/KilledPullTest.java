package dev.irqledger.replay.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.Lookups;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed at any step leaves a valid archive, and the next one completes it. */
class KilledPullTest {
  private static final int BEFORE = 45;
  private static final int AFTER = 130;
  private final InMemoryLog log = SampleLog.of(BEFORE);
  @TempDir private Path folder;

  @FunctionalInterface
  private interface Work {
    void run(Disk disk, Path directory);
  }

  /** Does the work once whole, to count its steps; then once for each step, dying there. */
  private int dieAtEveryStep(Work work, boolean withArchive) throws IOException {
    Path origin = folder.resolve("origin");
    if (withArchive) {
      var _ = Archives.pull(log, origin);
      SampleLog.grow(log, BEFORE, AFTER);
    }
    DyingDisk whole = new DyingDisk(Long.MAX_VALUE);
    work.run(whole, copy(origin, "whole"));
    List<String> expected = Archives.records(log);
    for (long step = 0; step < whole.steps(); step++) {
      Path directory = copy(origin, "killed-" + step);
      DyingDisk dying = new DyingDisk(step);
      assertThrows(DyingDisk.Killed.class, () -> work.run(dying, directory));
      dying.losePower();
      if (ArchiveWriter.exists(directory)) {
        assertEquals(List.of(), Archives.problems(directory), "killed at step " + step);
        List<String> held = Archives.records(ArchiveLogSource.open(directory));
        assertTrue(expected.containsAll(held), "killed at step " + step);
      }
      var _ = Archives.pull(log, directory);
      assertEquals(List.of(), Archives.problems(directory), "resumed after step " + step);
      assertEquals(List.of(), leftovers(directory), "resumed after step " + step);
      remove(directory);
    }
    return Math.toIntExact(whole.steps());
  }

  private static List<String> leftovers(Path directory) throws IOException {
    return ArchiveCheck.leftovers(directory, ArchiveLogSource.open(directory).manifest()).stream()
        .filter(name -> name.endsWith(Layout.UNFINISHED))
        .toList();
  }

  private Path copy(Path origin, String name) throws IOException {
    Path to = folder.resolve(name);
    if (Files.exists(origin)) {
      try (Stream<Path> files = Files.walk(origin)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(origin.relativize(file).toString()));
        }
      }
    }
    return to;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void complete(Path directory) {
    assertEquals(Archives.records(log), Archives.records(ArchiveLogSource.open(directory)));
  }

  @Test
  void a_first_pull() throws IOException {
    int steps =
        dieAtEveryStep(
            (disk, directory) -> {
              var _ = Archives.pull(disk, log, directory);
              complete(directory);
            },
            false);
    assertTrue(steps > 50, "steps: " + steps);
  }

  @Test
  void an_append() throws IOException {
    int steps =
        dieAtEveryStep(
            (disk, directory) -> {
              var _ = Archives.pull(disk, log, directory);
              complete(directory);
            },
            true);
    assertTrue(steps > 50, "steps: " + steps);
  }

  @Test
  void a_pruning() throws IOException {
    int steps =
        dieAtEveryStep(
            (disk, directory) -> {
              SortedMap<Integer, Long> ends = new TreeMap<>();
              try (ArchiveWriter writer =
                  ArchiveWriter.open(disk, Archives.SMALL, directory, Lookups.releasedOnly())) {
                for (var range : writer.manifest().partitions().entrySet()) {
                  PartitionRange all = range.getValue();
                  ends.put(range.getKey(), all.end() - 5);
                }
                writer.prune(ends);
              }
            },
            true);
    assertTrue(steps > 10, "steps: " + steps);
  }

  @Test
  void a_full_disk_is_one_error_and_with_room_it_goes_on() {
    Path directory = folder.resolve("full");
    boolean[] full = {true};
    Disk disk =
        new Disk() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (full[0] && to.getFileName().toString().contains(".ids.")) {
              throw new FileSystemException(to.toString(), null, "No space left on device");
            }
            Disk.super.rename(from, to);
          }
        };
    ReplayException e =
        assertThrows(ReplayException.class, () -> Archives.pull(disk, log, directory));
    assertEquals(ReplayException.Kind.ARCHIVE_UNWRITABLE, e.kind());
    assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    assertEquals(List.of(), Archives.problems(directory));
    full[0] = false;
    complete(Archives.pull(disk, log, directory));
  }
}
