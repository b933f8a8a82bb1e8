package dev.irqledger.replay.archive;

import dev.irqledger.wire.signature.Enrolments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Keeps the keys that the records' signatures are checked with. */
final class KeyShelf {
  private final Disk disk;
  private final Path directory;
  private final Enrolments enrolments;
  private @Nullable StoredFile kept;

  KeyShelf(Disk disk, Path directory, Enrolments enrolments, @Nullable StoredFile kept) {
    this.disk = disk;
    this.directory = directory;
    this.enrolments = enrolments;
    this.kept = kept;
  }

  /**
   * The file with the keys as they are now. Where nobody is enrolled any more, the last ones stay:
   * they are what the older records were judged by.
   */
  @Nullable StoredFile kept() throws IOException {
    SortedMap<String, byte[]> now = enrolments.records();
    if (now.isEmpty()) {
      return kept;
    }
    String name = Layout.keys(sha256(now));
    if (kept == null || !kept.name().equals(name)) {
      kept = write(name, now);
    }
    return kept;
  }

  private StoredFile write(String name, SortedMap<String, byte[]> now) throws IOException {
    try (RowsOut<Form.HostKeysOf> rows =
        RowsOut.packed(new NewFile(disk, directory, name), new Form.Keys(), Map.of())) {
      for (var record : now.entrySet()) {
        rows.add(new Form.HostKeysOf(record.getKey(), record.getValue()));
      }
      return rows.publish(name);
    }
  }

  private static String sha256(SortedMap<String, byte[]> records) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    records.forEach((host, value) -> {
      all.writeBytes(host.getBytes(StandardCharsets.UTF_8));
      all.write(0);
      all.write(value.length >>> 24);
      all.write(value.length >>> 16);
      all.write(value.length >>> 8);
      all.write(value.length);
      all.writeBytes(value);
    });
    return Sha256.of(all.toByteArray());
  }
}
