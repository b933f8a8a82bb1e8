package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.Form.Block;
import dev.irqledger.replay.archive.Form.EventAt;
import dev.irqledger.replay.archive.Manifest.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Checks the index of one segment against its records. */
final class IndexCheck {
  private final Path directory;
  private final Segment segment;
  private final List<EventAt> ids = new ArrayList<>();
  private final SortedMap<Long, Block> blocks = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private long maxLogTime = Long.MIN_VALUE;
  private long blockMaxLogTime = Long.MIN_VALUE;
  private @Nullable Block block;

  IndexCheck(Path directory, Segment segment) {
    this.directory = directory;
    this.segment = segment;
    try (RowsIn<Block> rows =
        RowsIn.open(path(segment.blocks()), new Form.Blocks(), new LongAdder())) {
      while (rows.hasNext()) {
        Block row = rows.next();
        blocks.put(row.offset(), row);
      }
    }
    checkPositions();
  }

  /** Each block must begin with the record that the index says. */
  private void checkPositions() {
    try (RowsIn<LogRecord> rows =
        RowsIn.open(
            path(segment.events()), new Form.Records(segment.partition()), new LongAdder())) {
      for (Block row : blocks.values()) {
        rows.seek(row.position());
        if (!rows.hasNext() || rows.next().offset() != row.offset()) {
          damage(segment.blocks(), "offset " + row.offset() + " is not where it says");
          return;
        }
      }
    }
  }

  /**
   * Sees the next record.
   *
   * @param id its event's id, null where it holds none
   */
  void see(LogRecord record, @Nullable UUID id) {
    Block next = blocks.get(record.offset());
    if (next != null || block == null) {
      endBlock();
      block = next;
      blockMaxLogTime = Long.MIN_VALUE;
      if (next == null) {
        damage(segment.blocks(), "it lacks offset " + record.offset());
        block = new Block(record.offset(), 0, record.logTimeMillis());
      }
    }
    maxLogTime = Math.max(maxLogTime, record.logTimeMillis());
    blockMaxLogTime = Math.max(blockMaxLogTime, record.logTimeMillis());
    if (id != null) {
      ids.add(new EventAt(id, record.offset()));
    }
  }

  private void endBlock() {
    Block ended = block;
    if (ended != null && ended.maxLogTime() != blockMaxLogTime) {
      damage(segment.blocks(), "the log time at offset " + ended.offset() + " is another");
    }
  }

  /** What is wrong with the index. */
  List<String> end() {
    endBlock();
    if (maxLogTime != segment.maxLogTime()) {
      damage(segment.events(), "its latest log time is not the one in the manifest");
    }
    Collections.sort(ids);
    List<EventAt> stored = new ArrayList<>();
    try (RowsIn<EventAt> rows = RowsIn.open(path(segment.ids()), new Form.Ids(), new LongAdder())) {
      while (rows.hasNext()) {
        stored.add(rows.next());
      }
    }
    String low = ids.isEmpty() ? "" : ids.getFirst().id().toString();
    String high = ids.isEmpty() ? "" : ids.getLast().id().toString();
    if (!stored.equals(ids) || !low.equals(segment.lowId()) || !high.equals(segment.highId())) {
      damage(segment.ids(), "its ids are not those of the records");
    }
    return findings;
  }

  private void damage(StoredFile file, String why) {
    findings.add(ArchiveFailures.damage(path(file).toString(), why));
  }

  private Path path(StoredFile file) {
    return directory.resolve(file.name());
  }
}
