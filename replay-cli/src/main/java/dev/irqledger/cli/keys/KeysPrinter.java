package dev.irqledger.cli.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.cli.JsonLine;
import dev.irqledger.cli.OutputFormat;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.SigningPeriod;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shows what is enrolled for a host. */
record KeysPrinter(OutputFormat output, PrintWriter out) {
  /** The fields of JSON, as the commands' help names them. */
  static final String FIELDS =
      "host; keys, each with id, from and until; required, each with from and until";

  void print(HostKeys keys) {
    switch (output) {
      case table -> table(keys);
      case json ->
          JsonLine.print(
              out,
              json -> {
                json.writeStringField("host", keys.getHost());
                keys(keys, json);
                required(keys, json);
              });
    }
  }

  private void table(HostKeys keys) {
    out.println(PrintableText.of(keys.getHost(), 253));
    for (HostKey key : keys.getKeys()) {
      out.println("  key " + id(key) + "  " + period(key.getFrom(), key.getUntil()));
    }
    for (SigningPeriod period : keys.getRequired()) {
      out.println("  signing required  " + period(period.getFrom(), period.getUntil()));
    }
    if (keys.getRequired().isEmpty()) {
      out.println("  signing is not required");
    }
  }

  private static String id(HostKey key) {
    String id = KeyChange.id(key);
    return id == null ? "(no Ed25519 key: it counts for nothing)" : id;
  }

  private static String period(Instant from, @Nullable Instant until) {
    return "from " + from + (until == null ? "" : " until " + until);
  }

  private static void keys(HostKeys keys, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("keys");
    for (HostKey key : keys.getKeys()) {
      json.writeStartObject();
      json.writeStringField("id", KeyChange.id(key));
      period(key.getFrom(), key.getUntil(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void required(HostKeys keys, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("required");
    for (SigningPeriod period : keys.getRequired()) {
      json.writeStartObject();
      period(period.getFrom(), period.getUntil(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void period(Instant from, @Nullable Instant until, JsonGenerator json)
      throws IOException {
    json.writeStringField("from", from.toString());
    json.writeStringField("until", until == null ? null : until.toString());
  }
}
