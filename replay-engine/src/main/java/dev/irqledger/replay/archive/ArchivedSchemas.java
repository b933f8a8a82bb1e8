package dev.irqledger.replay.archive;

import dev.irqledger.wire.SchemaSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The schemas that an archive keeps, so that it can be read without the cluster. */
record ArchivedSchemas(Path directory, Manifest manifest) implements SchemaSource {
  @Override
  public @Nullable String schema(long fingerprint) {
    StoredFile stored = manifest.schemas().get(fingerprint);
    if (stored == null) {
      return null;
    }
    Path file = directory.resolve(stored.name());
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw ArchiveFailures.unreadable(file, e);
    }
  }
}
