package dev.irqledger.replay.archive;

import dev.irqledger.wire.Fingerprint;
import java.nio.file.Path;
import java.util.List;

/** What the files of an archive are called. */
final class Layout {
  static final String MANIFEST = "manifest.jsonl";
  static final String LOCK = "lock";
  static final String UNFINISHED = ".tmp";
  static final String EVENTS = "events";
  static final String SCHEMAS = "schemas";
  static final String CHECKPOINTS = "checkpoints";
  static final List<String> DIRECTORIES = List.of(EVENTS, CHECKPOINTS, SCHEMAS);

  private Layout() {}

  static Path manifest(Path directory) {
    return directory.resolve(MANIFEST);
  }

  /** The records of a part of a partition; their index has the same name but for its end. */
  static String segment(int partition, long first, long last, String end) {
    return "%s/%05d-%020d-%020d.%s.avro".formatted(EVENTS, partition, first, last, end);
  }

  static String checkpoint(int partition, long last) {
    return "%s/%05d-%020d.avro".formatted(CHECKPOINTS, partition, last);
  }

  /** Named after its content, so that the manifest goes from one to the next in one step. */
  static String keys(String sha256) {
    return SCHEMAS + "/" + sha256.substring(0, 16) + ".keys.avro";
  }

  static String schema(long fingerprint) {
    return SCHEMAS + "/" + Fingerprint.hex(fingerprint) + ".avsc";
  }
}
