package dev.irqledger.cli.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.irqledger.replay.archive.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code ls} prints. The fields of the JSON are a contract: others may join them. */
final class Listing {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final String ROW = "%9s  %10s  %10s  %-24s  %-24s  %12s  %12s  %11s  %12s%n";

  private Listing() {}

  static void table(Manifest manifest, PrintWriter out) {
    out.println(
        "topic "
            + manifest.topic()
            + ", a checkpoint at least every "
            + manifest.checkpointEvery()
            + " records, "
            + manifest.schemas().size()
            + " schemas");
    out.printf(
        ROW,
        "PARTITION",
        "FROM",
        "RECORDS",
        "FIRST",
        "LAST",
        "EVENTS",
        "INDEX",
        "CHECKPOINTS",
        "STATES");
    for (Held held : Held.of(manifest)) {
      out.printf(
          ROW,
          held.partition(),
          held.range().begin(),
          held.records(),
          text(held.firstTime()),
          text(held.lastTime()),
          held.eventBytes() + " B",
          held.indexBytes() + " B",
          held.checkpoints(),
          held.checkpointBytes() + " B");
    }
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "-" : time.toString();
  }

  static void json(Manifest manifest, PrintWriter out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("topic", manifest.topic());
      json.writeNumberField("checkpointEvery", manifest.checkpointEvery());
      json.writeNumberField("schemas", manifest.schemas().size());
      json.writeArrayFieldStart("partitions");
      List<Held> all = Held.of(manifest);
      for (Held held : all) {
        write(held, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
  }

  private static void write(Held held, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("partition", held.partition());
    json.writeNumberField("begin", held.range().begin());
    json.writeNumberField("end", held.range().end());
    json.writeNumberField("records", held.records());
    time("firstLogTime", held.firstTime(), json);
    time("lastLogTime", held.lastTime(), json);
    json.writeNumberField("segments", held.segments());
    json.writeNumberField("eventBytes", held.eventBytes());
    json.writeNumberField("indexBytes", held.indexBytes());
    json.writeNumberField("checkpoints", held.checkpoints());
    json.writeNumberField("checkpointBytes", held.checkpointBytes());
    json.writeEndObject();
  }

  private static void time(String name, @Nullable Instant time, JsonGenerator json)
      throws IOException {
    if (time == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, time.toString());
    }
  }
}
