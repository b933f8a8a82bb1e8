package dev.irqledger.replay.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedArchiveTest {
  @TempDir private Path folder;
  private Path directory;
  private List<Path> files;

  @BeforeEach
  void fill() throws IOException {
    directory = Archives.pull(SampleLog.of(40), folder.resolve("archive"));
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(f -> f.toString().contains(".")).filter(Files::isRegularFile).toList();
    }
  }

  /** What the check says, or the error that it ends with. */
  private String problem() {
    try {
      List<String> problems = Archives.problems(directory);
      return problems.isEmpty() ? "" : problems.getFirst();
    } catch (ReplayException e) {
      assertEquals(ReplayException.Kind.ARCHIVE_UNREADABLE, e.kind());
      return String.valueOf(e.getMessage());
    }
  }

  private void assertNamed(Path file) {
    String problem = problem();
    assertTrue(problem.startsWith(file + " is "), file + ": '" + problem + "'");
    assertEquals(1, problem.lines().count(), problem);
  }

  @Test
  void a_change_of_any_byte_is_found_and_the_file_named() throws IOException {
    assertEquals("", problem());
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i += 1 + whole.length / 40) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) (1 << i % 8);
        Files.write(file, damaged);
        assertNamed(file);
      }
      Files.write(file, whole);
    }
  }

  @Test
  void a_file_that_ends_early_is_found() throws IOException {
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
      assertNamed(file);
      Files.write(file, whole);
    }
  }

  @Test
  void a_missing_file_is_found() throws IOException {
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      String problem = problem();
      String expected = file.endsWith(Layout.MANIFEST) ? directory.toString() : file.toString();
      assertTrue(problem.startsWith(expected + " is "), problem);
      Files.write(file, whole);
    }
  }

  @Test
  void a_reading_of_damaged_files_gives_the_right_answer_or_one_error() throws IOException {
    String right = state();
    boolean failed = false;
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < whole.length; i += 1 + whole.length / 25) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) 0xFF;
        Files.write(file, damaged);
        try {
          assertEquals(right, state(), file + " at " + i);
        } catch (ReplayException e) {
          failed = true;
          assertEquals(ReplayException.Kind.ARCHIVE_UNREADABLE, e.kind(), e.getMessage());
          assertEquals(1, String.valueOf(e.getMessage()).lines().count());
        }
      }
      Files.write(file, whole);
    }
    assertTrue(failed);
  }

  private String state() {
    ArchiveLogSource archive = ArchiveLogSource.open(directory);
    Image image =
        Archives.state(
            archive,
            new PointResolver(archive, EventCodec.releasedOnly(), InstantSource.system())
                .resolve(Point.LATEST, null),
            Devices.ALL);
    return Archives.text(image);
  }

  @Test
  void a_checkpoint_that_is_not_the_fold_is_found_though_its_checksum_is_right()
      throws IOException {
    Manifest manifest = ArchiveLogSource.open(directory).manifest();
    Manifest.Stored stored = manifest.checkpoints().getFirst();
    Manifest.Stored forged =
        new Manifest.Stored(
            stored.partition(),
            stored.last() - 1,
            stored.logTime(),
            stored.unreadable(),
            stored.firstUnreadable(),
            stored.devices(),
            stored.stateBytes(),
            stored.fold(),
            stored.file());
    List<Manifest.Stored> checkpoints =
        manifest.checkpoints().stream().map(c -> c.equals(stored) ? forged : c).toList();
    Files.write(
        Layout.manifest(directory),
        ManifestText.print(
            new Manifest(
                manifest.topic(),
                manifest.checkpointEvery(),
                manifest.partitions(),
                manifest.schemas(),
                manifest.keys(),
                manifest.segments(),
                checkpoints)));
    assertNamed(directory.resolve(stored.file().name()));
  }

  @Test
  void no_archive_at_all_is_said_so() {
    ReplayException e =
        assertThrows(ReplayException.class, () -> ArchiveLogSource.open(folder.resolve("none")));
    assertFalse(String.valueOf(e.getMessage()).contains("Exception"));
    assertTrue(e.getMessage().contains("is no archive"), e.getMessage());
  }
}
