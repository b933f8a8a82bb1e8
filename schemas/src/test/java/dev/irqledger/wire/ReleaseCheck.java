package dev.irqledger.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Whether a schema can take the place of those that were released. */
final class ReleaseCheck {
  private ReleaseCheck() {}

  /** What a reader with that schema could not read, one line a version; empty if nothing. */
  static List<String> breaches(Schema reader, List<Schema> released) {
    List<String> breaches = new ArrayList<>();
    for (Schema writer : released) {
      var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
      if (!result.getIncompatibilities().isEmpty()) {
        breaches.add("version " + (released.indexOf(writer) + 1) + ": " + result);
      } else {
        order(reader, writer).ifPresent(breaches::add);
      }
    }
    return breaches;
  }

  private static Optional<String> order(Schema reader, Schema writer) {
    try {
      FieldOrder.check(writer, reader);
      return Optional.empty();
    } catch (MalformedBytes e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
