package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.archive.Form.Block;
import dev.irqledger.replay.archive.Form.EventAt;
import dev.irqledger.replay.archive.Manifest.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes records that follow each other: the file with them, and the two that index it. */
final class SegmentWriter implements AutoCloseable {
  /** A block is read and unpacked as a whole: enough to pack well, little enough to jump to. */
  private static final int BLOCK_BYTES = 1 << 16;

  private static final int IDS_IN_BLOCK = 200;

  private final Disk disk;
  private final Path directory;
  private final int partition;
  private final RowsOut<LogRecord> events;
  private final List<Block> blocks = new ArrayList<>();
  private final List<EventAt> ids = new ArrayList<>();
  private final long first;
  private final long firstLogTime;
  private long last = -1;
  private long maxLogTime = Long.MIN_VALUE;
  private long records;
  private long blockFirst = -1;
  private long blockPosition;
  private long blockMaxLogTime;
  private int blockBytes;

  /** Begins with that record, which is yet to be added. */
  SegmentWriter(Disk disk, Path directory, LogRecord firstRecord) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.partition = firstRecord.partition();
    this.first = firstRecord.offset();
    this.firstLogTime = firstRecord.logTimeMillis();
    this.events = RowsOut.packed(begin("events"), new Form.Records(partition), meta());
    this.blockPosition = events.endBlock();
  }

  /**
   * Adds the next record.
   *
   * @param id its event's id, null where it holds none
   */
  void add(LogRecord record, @Nullable UUID id) throws IOException {
    if (blockFirst < 0) {
      blockFirst = record.offset();
      blockMaxLogTime = record.logTimeMillis();
    }
    events.add(record);
    if (id != null) {
      ids.add(new EventAt(id, record.offset()));
    }
    records++;
    last = record.offset();
    maxLogTime = Math.max(maxLogTime, record.logTimeMillis());
    blockMaxLogTime = Math.max(blockMaxLogTime, record.logTimeMillis());
    blockBytes += Sizes.of(record);
    if (blockBytes >= BLOCK_BYTES) {
      endBlock();
    }
  }

  private void endBlock() throws IOException {
    if (blockFirst >= 0) {
      blocks.add(new Block(blockFirst, blockPosition, blockMaxLogTime));
      blockPosition = events.endBlock();
      blockFirst = -1;
      blockBytes = 0;
    }
  }

  long records() {
    return records;
  }

  long bytes() {
    return events.bytes();
  }

  /** Ends the three files. */
  Segment publish() throws IOException {
    endBlock();
    StoredFile stored = events.publish(name("events"));
    return new Segment(
        partition,
        first,
        last,
        records,
        firstLogTime,
        maxLogTime,
        ids.isEmpty() ? "" : Collections.min(ids).id().toString(),
        ids.isEmpty() ? "" : Collections.max(ids).id().toString(),
        stored,
        publishBlocks(),
        publishIds());
  }

  private StoredFile publishBlocks() throws IOException {
    try (RowsOut<Block> out = RowsOut.packed(begin("blocks"), new Form.Blocks(), meta())) {
      for (Block block : blocks) {
        out.add(block);
      }
      return out.publish(name("blocks"));
    }
  }

  private StoredFile publishIds() throws IOException {
    Collections.sort(ids);
    try (RowsOut<EventAt> out = RowsOut.plain(begin("ids"), new Form.Ids(), meta())) {
      for (int i = 0; i < ids.size(); i++) {
        out.add(ids.get(i));
        if (i % IDS_IN_BLOCK == IDS_IN_BLOCK - 1) {
          var _ = out.endBlock();
        }
      }
      return out.publish(name("ids"));
    }
  }

  private NewFile begin(String end) throws IOException {
    return new NewFile(disk, directory, Layout.EVENTS + "/%05d.%s".formatted(partition, end));
  }

  private String name(String end) {
    return Layout.segment(partition, first, last, end);
  }

  private Map<String, String> meta() {
    return Map.of("irq.partition", Integer.toString(partition));
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
