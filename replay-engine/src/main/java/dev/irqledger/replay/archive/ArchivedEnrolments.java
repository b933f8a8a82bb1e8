package dev.irqledger.replay.archive;

import dev.irqledger.wire.KeyRecords;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.Enrolments;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The keys that an archive keeps, so that its signatures can be checked without the cluster. */
final class ArchivedEnrolments implements Enrolments {
  private final @Nullable Path file;
  private final SchemaCatalog schemas;
  private final LongAdder bytesRead;
  private @Nullable SortedMap<String, byte[]> records;
  private volatile @Nullable Map<String, Enrolment> byHost;

  /**
   * @param file null where the archive keeps none
   */
  ArchivedEnrolments(@Nullable Path file, SchemaCatalog schemas, LongAdder bytesRead) {
    this.file = file;
    this.schemas = schemas;
    this.bytesRead = bytesRead;
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.irqledger.replay.ReplayException if the file cannot be read
   */
  @Override
  public Enrolment of(String host, long logTimeMs) {
    Map<String, Enrolment> known = byHost;
    return (known == null ? read() : known).getOrDefault(host, Enrolment.NONE);
  }

  private synchronized Map<String, Enrolment> read() {
    Map<String, Enrolment> known = byHost;
    if (known == null) {
      known = KeyRecords.enrolments(records(), schemas);
      byHost = known;
    }
    return known;
  }

  @Override
  public synchronized SortedMap<String, byte[]> records() {
    SortedMap<String, byte[]> known = records;
    if (known == null) {
      known = file == null ? Collections.emptySortedMap() : rows(file);
      records = known;
    }
    return known;
  }

  private SortedMap<String, byte[]> rows(Path from) {
    SortedMap<String, byte[]> read = new TreeMap<>();
    try (RowsIn<Form.HostKeysOf> rows = RowsIn.open(from, new Form.Keys(), bytesRead)) {
      while (rows.hasNext()) {
        Form.HostKeysOf row = rows.next();
        read.put(row.host(), row.keys());
      }
    }
    return Collections.unmodifiableSortedMap(read);
  }
}
