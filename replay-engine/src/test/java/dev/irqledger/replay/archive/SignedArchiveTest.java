package dev.irqledger.replay.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.KeyRecords;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.SigningPeriod;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.Enrolments;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.signature.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedArchiveTest {
  private static final int EVENTS = 120;
  private final SigningKey signing = SigningKey.generate();
  private final InMemoryLog log = SampleLog.of(EVENTS, EventSigner.with(signing), 60, 70);
  private final SortedMap<String, byte[]> topic = new TreeMap<>();
  @TempDir private Path folder;

  /** Keys as a topic has them; a new reading sees what was written since. */
  private final class Topic implements Enrolments {
    @Override
    public Enrolment of(String host, long logTimeMs) {
      return KeyRecords.enrolments(topic, SchemaCatalog.releasedOnly())
          .getOrDefault(host, Enrolment.NONE);
    }

    @Override
    public SortedMap<String, byte[]> records() {
      return topic;
    }
  }

  private void enrol(Instant requiredFrom) {
    for (String host : SampleLog.HOSTS) {
      HostKey key =
          new HostKey(ByteBuffer.wrap(signing.verifying().encoded()), Instant.EPOCH, null);
      HostKeys keys =
          HostKeys.newBuilder()
              .setHost(host)
              .setKeys(List.of(key))
              .setRequired(List.of(new SigningPeriod(requiredFrom, null)))
              .build();
      topic.put(host, new WireCodec<>(HostKeys.class, SchemaCatalog.releasedOnly()).encode(keys));
    }
  }

  private Lookups lookups() {
    return new Lookups(SchemaCatalog.releasedOnly(), new Topic());
  }

  private Image fold(LogSource source, Lookups lookups) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    source.ranges().forEach((partition, range) -> last.put(partition, range.end() - 1));
    return new Replayer(source, lookups.codec())
        .state(new ResolvedPoint(last), Devices.ALL, _ -> true);
  }

  private List<Rule> broken(LogSource source, Lookups lookups) {
    List<Rule> broken = new ArrayList<>();
    DeviceFold fold =
        new DeviceFold(
            lookups.codec(),
            _ -> true,
            (_, _, folded) -> folded.violations().forEach(v -> broken.add(v.rule())));
    SortedMap<Integer, Long> last = new TreeMap<>();
    source.ranges().forEach((partition, range) -> last.put(partition, range.end() - 1));
    source.read(last, fold);
    return broken;
  }

  @Test
  void an_archive_judges_signatures_as_the_log_does_and_needs_no_cluster_for_it() {
    enrol(InMemoryLog.timeOf(20));
    Path directory = Archives.pull(log, lookups(), folder.resolve("archive"));
    ArchiveLogSource archive = ArchiveLogSource.open(directory);
    assertEquals(
        Archives.text(fold(log, lookups())), Archives.text(fold(archive, archive.lookups())));
    assertEquals(
        List.of(),
        Archives.problems(directory).stream().filter(p -> !p.contains("SIGNED_BY_HOST")).toList());
    List<Rule> broken = broken(archive, archive.lookups());
    assertEquals(broken(log, lookups()), broken);
    assertTrue(broken.contains(Rule.SIGNED_BY_HOST), broken.toString());
  }

  @Test
  void a_further_pull_keeps_the_keys_of_then_and_drops_the_file_before() throws IOException {
    enrol(InMemoryLog.timeOf(20));
    Path directory = Archives.pull(log, lookups(), folder.resolve("archive"));
    String before = ArchiveLogSource.open(directory).manifest().keys().name();
    topic.remove(SampleLog.HOSTS.getFirst());
    Archives.pull(log, lookups(), directory);
    Archives.pull(log, lookups(), directory); // which sweeps
    ArchiveLogSource archive = ArchiveLogSource.open(directory);
    assertEquals(topic.keySet(), archive.lookups().enrolments().records().keySet());
    assertEquals(false, Files.exists(directory.resolve(before)));
  }

  @Test
  void an_archive_of_a_log_without_keys_has_no_file_for_them() {
    Path directory = Archives.pull(log, lookups(), folder.resolve("archive"));
    ArchiveLogSource archive = ArchiveLogSource.open(directory);
    assertEquals(null, archive.manifest().keys());
    assertEquals(List.of(), broken(archive, archive.lookups()));
    DeviceState any = fold(archive, archive.lookups()).devices().values().iterator().next().state();
    assertEquals(0, any.tally().violations());
  }

  @Test
  void keys_that_were_changed_in_the_archive_are_found() throws IOException {
    enrol(InMemoryLog.timeOf(20));
    Path directory = Archives.pull(log, lookups(), folder.resolve("archive"));
    Path keys = directory.resolve(ArchiveLogSource.open(directory).manifest().keys().name());
    byte[] bytes = Files.readAllBytes(keys);
    bytes[bytes.length / 2] ^= 1;
    Files.write(keys, bytes);
    assertTrue(
        Archives.problems(directory).stream()
            .anyMatch(p -> p.contains(keys.getFileName().toString())));
  }
}
