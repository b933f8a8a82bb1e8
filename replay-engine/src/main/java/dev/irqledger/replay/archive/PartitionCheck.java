package dev.irqledger.replay.archive;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.replay.Checkpoint;
import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.archive.ArchiveCheck.Finding;
import dev.irqledger.replay.archive.ArchiveCheck.Kind;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.replay.archive.Manifest.Stored;
import dev.irqledger.wire.FoldedState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks one partition of an archive by folding it once. */
final class PartitionCheck {
  private final Path directory;
  private final ArchiveLogSource archive;
  private final int partition;
  private final List<Finding> findings;
  private final DeviceFold fold;
  private final Deque<Stored> ahead = new ArrayDeque<>();
  private @Nullable InterruptEvent event;
  private long records;
  private long checkpoints;
  private long broken;

  PartitionCheck(Path directory, ArchiveLogSource archive, int partition, List<Finding> findings) {
    this.directory = directory;
    this.archive = archive;
    this.partition = partition;
    this.findings = findings;
    this.fold = new DeviceFold(archive.lookups().codec(), _ -> true, this::see);
  }

  long records() {
    return records;
  }

  long checkpoints() {
    return checkpoints;
  }

  void run() {
    PartitionRange range = archive.ranges().getOrDefault(partition, PartitionRange.EMPTY);
    ahead.addAll(archive.manifest().checkpointsOf(partition));
    if (range.isCut()) {
      begin(range);
    }
    long before = range.begin() - 1;
    for (Segment segment : archive.manifest().segmentsOf(partition)) {
      if (segment.first() <= before || segment.last() >= range.end()) {
        damage(segment.events(), "its records are not those that the manifest has there");
      }
      before = segment.last();
      check(segment);
    }
    for (Stored left : ahead) {
      damage(left.file(), "it stands for offset " + left.last() + ", where there is no record");
    }
  }

  /** A pruned partition begins with a checkpoint, which nothing is left to compare with. */
  private void begin(PartitionRange range) {
    Checkpoint base = archive.checkpoints().latest(partition, range.begin() - 1);
    if (base == null || base.last() != range.begin() - 1) {
      findings.add(
          new Finding(
              Kind.DAMAGE,
              ArchiveFailures.damage(
                  Layout.manifest(directory).toString(),
                  "partition " + partition + " begins without a checkpoint")));
      return;
    }
    fold.begin(base, "");
    ahead.removeFirst();
  }

  private void check(Segment segment) {
    IndexCheck index = new IndexCheck(directory, segment);
    SortedMap<Integer, Long> first = new TreeMap<>(Map.of(partition, segment.first()));
    SortedMap<Integer, Long> last = new TreeMap<>(Map.of(partition, segment.last()));
    archive.read(
        first,
        last,
        record -> {
          records++;
          event = null;
          boolean _ = fold.accept(record);
          index.see(record, event == null ? null : event.id());
          compareCheckpoint(record);
          return true;
        });
    index.end().forEach(finding -> findings.add(new Finding(Kind.DAMAGE, finding)));
  }

  private void compareCheckpoint(LogRecord record) {
    while (!ahead.isEmpty() && ahead.getFirst().last() <= record.offset()) {
      Stored stored = ahead.removeFirst();
      checkpoints++;
      if (stored.last() != record.offset()) {
        damage(stored.file(), "it stands for offset " + stored.last() + ", between two records");
      } else if (!isFold(archive.checkpoint(stored))) {
        damage(stored.file(), "its states are not what the records before it give");
      }
    }
  }

  private boolean isFold(StoredCheckpoint checkpoint) {
    Map<DeviceKey, FoldedState> expected = new HashMap<>();
    fold.devices().forEach(state -> expected.put(state.state().key(), state));
    boolean[] same = {
      checkpoint.logTimeMillis() == fold.logTimeMillis()
          && checkpoint.unreadable() == fold.unreadable().count()
          && checkpoint.firstUnreadable().equals(fold.unreadable().first())
    };
    checkpoint.states(
        "",
        state ->
            // Avoids && so that every state is taken out.
            same[0] &= state.equals(expected.remove(state.state().key())));
    return same[0] && expected.isEmpty();
  }

  private void see(LogRecord record, InterruptEvent seen, Folded folded) {
    event = seen;
    for (Violation violation : folded.violations()) {
      if (violation.rule().kind() == Rule.Kind.LOG && broken++ == 0) {
        findings.add(
            new Finding(
                Kind.CHAIN,
                "partition "
                    + record.partition()
                    + " offset "
                    + record.offset()
                    + ": "
                    + violation.rule().name()
                    + " for "
                    + seen.device()
                    + " (the first of the partition): see 'replay history' of that device, and"
                    + " compare with the log itself"));
      }
    }
  }

  private void damage(StoredFile file, String why) {
    findings.add(
        new Finding(
            Kind.DAMAGE, ArchiveFailures.damage(directory.resolve(file.name()).toString(), why)));
  }
}
