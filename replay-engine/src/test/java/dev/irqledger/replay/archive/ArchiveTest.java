package dev.irqledger.replay.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.VectorStory;
import dev.irqledger.replay.verify.Verification;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Lookups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  private static final int EVENTS = 300;
  private final InMemoryLog log = SampleLog.of(EVENTS);
  @TempDir private Path folder;

  private ArchiveLogSource archive() {
    return ArchiveLogSource.open(Archives.pull(log, folder.resolve("archive")));
  }

  private static ResolvedPoint resolve(LogSource source, String point) {
    InstantSource clock = InstantSource.fixed(InMemoryLog.timeOf(100_000));
    return new PointResolver(source, EventCodec.releasedOnly(), clock)
        .resolve(PointParser.parse(point), point.startsWith("host-time") ? "hv-1" : null);
  }

  @Test
  void it_holds_every_record_as_it_was() {
    assertEquals(Archives.records(log), Archives.records(archive()));
  }

  @Test
  void it_is_in_order() {
    Path directory = Archives.pull(log, folder.resolve("archive"));
    ArchiveCheck.Report report = ArchiveCheck.run(directory, (_, _) -> {});
    assertEquals(List.of(), report.findings());
    assertEquals(EVENTS, report.records());
    assertTrue(report.checkpoints() > 10, report.toString());
  }

  @Test
  void at_every_offset_its_states_are_those_of_a_fold_of_the_whole_log() {
    ArchiveLogSource archive = archive();
    SortedMap<Integer, PartitionRange> ranges = log.ranges();
    for (int partition = 0; partition < SampleLog.PARTITIONS; partition++) {
      for (long offset = -1; offset < ranges.get(partition).end(); offset++) {
        SortedMap<Integer, Long> last = new TreeMap<>(Map.of(partition, offset));
        ResolvedPoint point = new ResolvedPoint(last);
        for (Devices devices : List.of(Devices.ALL, new Devices("hv-1", null))) {
          assertEquals(
              Archives.text(Archives.state(log, point, devices)),
              Archives.text(Archives.state(archive, point, devices)));
        }
      }
    }
  }

  @Test
  void a_state_costs_a_checkpoint_and_the_few_records_after_it() {
    Image image = Archives.state(archive(), resolve(log, "latest"), Devices.ALL);
    long most = 0;
    for (int partition = 0; partition < SampleLog.PARTITIONS; partition++) {
      most += spacing(archive().manifest(), partition);
    }
    assertTrue(image.events() <= most, image.events() + " of " + most);
    assertTrue(most < EVENTS / 2, "apart at most: " + most);
  }

  private static long spacing(Manifest manifest, int partition) {
    List<Long> at = new ArrayList<>(List.of(-1L));
    manifest.checkpointsOf(partition).forEach(c -> at.add(c.last()));
    at.add(manifest.partitions().get(partition).end() - 1);
    long most = 0;
    for (int i = 1; i < at.size(); i++) {
      most = Math.max(most, at.get(i) - at.get(i - 1));
    }
    return most;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latest",
        "earliest",
        "time:1969-12-31T23:59:59Z",
        "time:2026-01-01T00:00:00Z",
        "time:2026-01-01T00:01:40.500Z",
        "time:2026-01-01T00:04:59Z",
        "time:2026-01-01T00:30:00Z",
        "host-time:2026-01-01T01:02:03Z",
        "offset:0@7,1@20"
      })
  void a_point_resolves_to_the_same_offsets_as_in_the_log(String point) {
    assertEquals(resolve(log, point), resolve(archive(), point));
  }

  @Test
  void every_time_and_every_event_resolve_to_the_same_offsets_as_in_the_log() {
    ArchiveLogSource archive = archive();
    for (int i = 0; i < EVENTS; i++) {
      String time = "time:" + InMemoryLog.timeOf(i).plusMillis(i % 3 - 1);
      assertEquals(resolve(log, time), resolve(archive, time));
    }
    List<String> ids = new ArrayList<>();
    new Replayer(log, EventCodec.releasedOnly())
        .replay(
            resolve(log, "latest"),
            _ -> true,
            _ -> true,
            (_, event, _) -> ids.add("event:" + event.id()));
    for (String id : ids) {
      assertEquals(resolve(log, id), resolve(archive, id));
    }
    assertTrue(ids.size() > EVENTS * 9 / 10);
  }

  @Test
  void an_event_that_it_does_not_hold_is_an_error() {
    ArchiveLogSource archive = archive();
    ReplayException e =
        assertThrows(
            ReplayException.class,
            () -> resolve(archive, "event:00000000-0000-7000-8000-000000000000"));
    assertEquals(ReplayException.Kind.NO_SUCH_POINT, e.kind());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 299})
  void appending_in_pieces_gives_the_archive_that_one_pull_gives(int piece) {
    Manifest atOnce = archive().manifest();
    InMemoryLog growing = new InMemoryLog(SampleLog.PARTITIONS);
    Path directory = folder.resolve("pieces");
    for (int i = 0; i < EVENTS; i += piece) {
      SampleLog.grow(growing, i, Math.min(i + piece, EVENTS));
      var _ = Archives.pull(growing, directory);
    }
    ArchiveLogSource pieces = ArchiveLogSource.open(directory);
    assertEquals(Archives.records(log), Archives.records(pieces));
    assertEquals(atOnce.checkpoints().size(), pieces.manifest().checkpoints().size());
    assertEquals(shape(atOnce), shape(pieces.manifest()));
    assertEquals(List.of(), Archives.problems(directory));
  }

  /** All but the checksums: the marks between blocks are random. */
  private static String shape(Manifest manifest) {
    StringBuilder shape = new StringBuilder();
    manifest.segments().forEach(s -> shape.append(s.events().name()).append('\n'));
    manifest.checkpoints().forEach(c -> shape.append(c.file().name()).append('\n'));
    return shape.toString();
  }

  @Test
  void a_pull_that_finds_nothing_new_changes_nothing() throws Exception {
    Path directory = Archives.pull(log, folder.resolve("archive"));
    byte[] before = Files.readAllBytes(Layout.manifest(directory));
    var _ = Archives.pull(log, directory);
    assertArrayEquals(before, Files.readAllBytes(Layout.manifest(directory)));
  }

  @Test
  void another_log_is_not_mixed_in() {
    Path directory = Archives.pull(log, folder.resolve("archive"));
    InMemoryLog other = new InMemoryLog(SampleLog.PARTITIONS);
    SampleLog.grow(other, 1000, 2000);
    ReplayException e = assertThrows(ReplayException.class, () -> Archives.pull(other, directory));
    assertEquals(ReplayException.Kind.WRONG_USE, e.kind());
    assertTrue(e.getMessage().contains("another log"), e.getMessage());
    assertEquals(List.of(), Archives.problems(directory));
  }

  @Test
  void a_second_writer_is_kept_away() {
    Path directory = Archives.pull(log, folder.resolve("archive"));
    try (ArchiveWriter _ = ArchiveWriter.open(directory, Lookups.releasedOnly())) {
      ReplayException e =
          assertThrows(
              ReplayException.class, () -> ArchiveWriter.open(directory, Lookups.releasedOnly()));
      assertEquals(ReplayException.Kind.ARCHIVE_UNWRITABLE, e.kind());
    }
  }

  @Test
  void a_directory_with_other_files_is_left_alone() throws Exception {
    Files.writeString(folder.resolve("letter"), "dear");
    ReplayException e = assertThrows(ReplayException.class, () -> Archives.pull(log, folder));
    assertEquals(ReplayException.Kind.ARCHIVE_UNWRITABLE, e.kind());
    assertTrue(e.getMessage().contains("other files"), e.getMessage());
  }

  private ArchiveLogSource pruned(Path directory, ResolvedPoint before) {
    var _ = Archives.pull(log, directory);
    try (ArchiveWriter writer =
        ArchiveWriter.open(Disk.REAL, Archives.SMALL, directory, Lookups.releasedOnly())) {
      writer.prune(before.last());
    }
    return ArchiveLogSource.open(directory);
  }

  private static <T extends Replayer.Observer> T watch(LogSource source, DeviceKey key, T story) {
    var _ =
        new Replayer(source, EventCodec.releasedOnly())
            .replay(resolve(source, "latest"), key::equals, _ -> true, story);
    return story;
  }

  @Test
  void a_story_of_what_is_left_goes_on_from_the_states_that_were_kept() {
    ResolvedPoint middle = resolve(log, "time:" + InMemoryLog.timeOf(250));
    ArchiveLogSource pruned = pruned(folder.resolve("archive"), middle);
    int begunElsewhere = 0;
    for (DeviceKey key : Archives.state(log, middle, Devices.ALL).devices().keySet()) {
      for (int vector = 0; vector < 14; vector++) {
        VectorStory whole = watch(log, key, new VectorStory(vector));
        VectorStory rest = watch(pruned, key, new VectorStory(vector));
        assertEquals(whole.now(), rest.now());
        List<String> all = whole.chapters().stream().map(ArchiveTest::told).toList();
        List<String> left = rest.chapters().stream().map(ArchiveTest::told).toList();
        assertEquals(all.subList(all.size() - left.size(), all.size()), left);
        begunElsewhere += all.size() > left.size() ? 1 : 0;
      }
      assertEquals(
          List.of(), watch(pruned, key, new Verification(Map.of(), Map.of())).report().faults());
    }
    assertTrue(begunElsewhere > 0);
  }

  private static String told(VectorStory.Chapter chapter) {
    return chapter.record().offset()
        + " "
        + chapter.transition()
        + " "
        + chapter.before()
        + " "
        + chapter.after();
  }

  @Test
  void what_is_pruned_is_refused_and_what_is_kept_is_the_same() {
    Path directory = folder.resolve("archive");
    ResolvedPoint middle = resolve(log, "time:" + InMemoryLog.timeOf(150));
    ArchiveLogSource pruned = pruned(directory, middle);
    assertEquals(List.of(), Archives.problems(directory));
    assertTrue(pruned.ranges().values().stream().allMatch(PartitionRange::isCut));
    for (String point : List.of("latest", "time:" + InMemoryLog.timeOf(200), middle.token())) {
      assertEquals(resolve(log, point), resolve(pruned, point));
      assertEquals(
          Archives.text(Archives.state(log, resolve(log, point), Devices.ALL)),
          Archives.text(Archives.state(pruned, resolve(pruned, point), Devices.ALL)));
    }
    ReplayException early =
        assertThrows(
            ReplayException.class, () -> resolve(pruned, "time:" + InMemoryLog.timeOf(20)));
    assertEquals(ReplayException.Kind.LOG_CUT, early.kind());
    ReplayException offsets =
        assertThrows(
            ReplayException.class,
            () -> Archives.state(pruned, resolve(pruned, "offset:0@3,1@3"), Devices.ALL));
    assertEquals(ReplayException.Kind.LOG_CUT, offsets.kind());
    SampleLog.grow(log, EVENTS, EVENTS + 50);
    var _ = Archives.pull(log, directory);
    assertEquals(List.of(), Archives.problems(directory));
  }
}
