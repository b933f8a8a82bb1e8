package dev.irqledger.replay.archive;

import dev.irqledger.replay.LogRecord;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SingleObject;
import dev.irqledger.wire.WireSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Keeps each schema that a record needs, when the first such record comes. */
final class SchemaShelf {
  private final Disk disk;
  private final Path directory;
  private final SchemaCatalog catalog;
  private final SortedMap<Long, StoredFile> kept;
  private final Set<Long> unknown = new HashSet<>();

  SchemaShelf(Disk disk, Path directory, SchemaCatalog catalog, SortedMap<Long, StoredFile> kept) {
    this.disk = disk;
    this.directory = directory;
    this.catalog = catalog;
    this.kept = new TreeMap<>(kept);
  }

  void keepFor(LogRecord record) throws IOException {
    byte[] value = record.value();
    if (value != null && SingleObject.startsIn(value)) {
      keep(SingleObject.fingerprint(value));
    }
  }

  /** The schema of the checkpoints' states, so that other tools can read those too. */
  void keepStates() throws IOException {
    keep(WireSchema.DEVICE_STATE.fingerprint());
  }

  private void keep(long fingerprint) throws IOException {
    if (kept.containsKey(fingerprint) || unknown.contains(fingerprint)) {
      return;
    }
    Schema schema = catalog.findByFingerprint(fingerprint);
    if (schema == null) {
      unknown.add(fingerprint);
      return;
    }
    String name = Layout.schema(fingerprint);
    try (NewFile file = new NewFile(disk, directory, name)) {
      file.content().write(schema.toString().getBytes(StandardCharsets.UTF_8));
      kept.put(fingerprint, file.publish(name));
    }
  }

  SortedMap<Long, StoredFile> kept() {
    return kept;
  }
}
