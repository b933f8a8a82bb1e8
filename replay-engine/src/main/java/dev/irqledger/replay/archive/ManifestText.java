package dev.irqledger.replay.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.irqledger.replay.PartitionRange;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.archive.Manifest.Segment;
import dev.irqledger.replay.archive.Manifest.Stored;
import dev.irqledger.wire.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as JSON lines: what the archive is, then a line for each partition, schema, segment
 * and checkpoint, then one with the SHA-256 of all lines before it. So it tells by itself whether
 * it is whole, and {@code grep} and {@code jq} can read it.
 */
final class ManifestText {
  /** The number of this form of an archive. Another one is refused. */
  static final int FORMAT = 1;

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  /** The number of the form in which keys are kept. */
  private static final int KEYS_FORM = 1;

  private static final String SUM = "{\"sha256\":\"";

  private ManifestText() {}

  static byte[] print(Manifest manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Line head = new Line();
    head.put("archive", FORMAT).put("topic", manifest.topic());
    head.put("checkpointEvery", manifest.checkpointEvery()).print(out);
    for (var partition : manifest.partitions().entrySet()) {
      PartitionRange range = partition.getValue();
      Line line = new Line().put("partition", partition.getKey());
      line.put("begin", range.begin()).put("end", range.end()).print(out);
    }
    for (var schema : manifest.schemas().entrySet()) {
      new Line().put("schema", Fingerprint.hex(schema.getKey())).file(schema.getValue()).print(out);
    }
    if (manifest.keys() != null) {
      new Line().put("keys", KEYS_FORM).file(manifest.keys()).print(out);
    }
    for (Segment segment : manifest.segments()) {
      line(segment).print(out);
    }
    for (Stored checkpoint : manifest.checkpoints()) {
      line(checkpoint).print(out);
    }
    String sum = SUM + Sha256.of(out.toByteArray()) + "\"}\n";
    out.writeBytes(sum.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static Line line(Segment s) {
    return new Line()
        .put("segment", s.partition())
        .put("first", s.first())
        .put("last", s.last())
        .put("records", s.records())
        .put("firstLogTime", s.firstLogTime())
        .put("maxLogTime", s.maxLogTime())
        .put("lowId", s.lowId())
        .put("highId", s.highId())
        .file(s.events())
        .file("blocks", s.blocks())
        .file("ids", s.ids());
  }

  private static Line line(Stored c) {
    return new Line()
        .put("checkpoint", c.partition())
        .put("last", c.last())
        .put("logTime", c.logTime())
        .put("unreadable", c.unreadable())
        .put("firstUnreadable", c.firstUnreadable())
        .put("devices", c.devices())
        .put("stateBytes", c.stateBytes())
        .put("fold", c.fold())
        .file(c.file());
  }

  /**
   * Reads an archive's manifest.
   *
   * @throws ReplayException if there is none, or it is damaged
   */
  static Manifest read(Path directory) {
    Path file = Layout.manifest(directory);
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw ArchiveFailures.none(directory);
    } catch (IOException | IllegalArgumentException e) {
      throw ArchiveFailures.unreadable(file, e);
    }
  }

  private static Manifest parse(Path file, byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.lastIndexOf(SUM);
    byte[] summed = text.substring(0, Math.max(end, 0)).getBytes(StandardCharsets.UTF_8);
    if (end < 0 || !text.substring(end).equals(SUM + Sha256.of(summed) + "\"}\n")) {
      throw ArchiveFailures.damaged(file, "it is not what its last line says");
    }
    Contents contents = new Contents();
    for (String line : text.substring(0, end).lines().toList()) {
      contents.take(Line.parse(line), file);
    }
    return contents.manifest();
  }

  private static final class Contents {
    private Line head = new Line();
    private final SortedMap<Integer, PartitionRange> partitions = new TreeMap<>();
    private final SortedMap<Long, StoredFile> schemas = new TreeMap<>();
    private @Nullable StoredFile keys;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Stored> checkpoints = new ArrayList<>();

    void take(Line line, Path file) {
      switch (line.kind()) {
        case "archive" -> {
          if (line.number("archive") != FORMAT) {
            throw ArchiveFailures.damaged(
                file, "it is of form " + line.number("archive") + ", this version reads " + FORMAT);
          }
          head = line;
        }
        case "partition" ->
            partitions.put(
                (int) line.number("partition"),
                new PartitionRange(line.number("begin"), line.number("end")));
        case "schema" ->
            schemas.put(HexFormat.fromHexDigitsToLong(line.text("schema")), line.file(""));
        case "keys" -> keys = line.file("");
        case "segment" -> segments.add(segment(line));
        case "checkpoint" -> checkpoints.add(checkpoint(line));
        default -> throw new IllegalArgumentException("a line of no known kind: " + line.kind());
      }
    }

    private static Segment segment(Line line) {
      return new Segment(
          (int) line.number("segment"),
          line.number("first"),
          line.number("last"),
          line.number("records"),
          line.number("firstLogTime"),
          line.number("maxLogTime"),
          line.text("lowId"),
          line.text("highId"),
          line.file(""),
          line.file("blocks"),
          line.file("ids"));
    }

    private static Stored checkpoint(Line line) {
      return new Stored(
          (int) line.number("checkpoint"),
          line.number("last"),
          line.number("logTime"),
          line.number("unreadable"),
          line.text("firstUnreadable"),
          line.number("devices"),
          line.number("stateBytes"),
          line.text("fold"),
          line.file(""));
    }

    Manifest manifest() {
      return new Manifest(
          head.text("topic"),
          head.number("checkpointEvery"),
          partitions,
          schemas,
          keys,
          segments,
          checkpoints);
    }
  }

  /** One line: a flat object, whose first field says what it tells of. */
  private static final class Line {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Line put(String name, Object value) {
      fields.put(name, value);
      return this;
    }

    Line file(StoredFile file) {
      return put("file", file.name()).put("bytes", file.bytes()).put("sha256", file.sha256());
    }

    Line file(String which, StoredFile file) {
      return put(which + "File", file.name())
          .put(which + "Bytes", file.bytes())
          .put(which + "Sha256", file.sha256());
    }

    String kind() {
      return fields.keySet().stream().findFirst().orElse("");
    }

    String text(String name) {
      if (fields.get(name) instanceof String text) {
        return text;
      }
      throw new IllegalArgumentException("no text '" + name + "' in a line about " + kind());
    }

    long number(String name) {
      if (fields.get(name) instanceof Number number) {
        return number.longValue();
      }
      throw new IllegalArgumentException("no number '" + name + "' in a line about " + kind());
    }

    StoredFile file(String which) {
      return which.isEmpty()
          ? new StoredFile(text("file"), number("bytes"), text("sha256"))
          : new StoredFile(text(which + "File"), number(which + "Bytes"), text(which + "Sha256"));
    }

    void print(ByteArrayOutputStream out) throws IOException {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        for (var field : fields.entrySet()) {
          json.writeFieldName(field.getKey());
          if (field.getValue() instanceof Number number) {
            json.writeNumber(number.longValue());
          } else {
            json.writeString(field.getValue().toString());
          }
        }
        json.writeEndObject();
      }
      out.write('\n');
    }

    static Line parse(String text) throws IOException {
      Line line = new Line();
      try (JsonParser json = JSON.createParser(text)) {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          line.put(
              name,
              json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : json.getLongValue());
        }
      }
      return line;
    }
  }
}
