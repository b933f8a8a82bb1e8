package dev.irqledger.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** The records of the wire, each with the schema in which this program writes it. */
public enum WireSchema {
  INTERRUPT_EVENT("InterruptEvent"),
  COMMAND("Command"),
  POLICY("Policy"),
  DEVICE_STATE("DeviceState"),
  VIOLATION("Violation"),
  HOST_PRESSURE("HostPressure"),
  AGENT_STATUS("AgentStatus"),
  QUARANTINED("Quarantined"),
  HOST_KEYS("HostKeys");

  private final String recordName;

  @SuppressWarnings("ImmutableEnumChecker") // Avro lets attributes be added; nobody does.
  private final Schema schema;

  private final long fingerprint;

  WireSchema(String recordName) {
    this.recordName = recordName;
    this.schema = parse(resource("schema/" + recordName + ".avsc"));
    this.fingerprint = Fingerprint.of(schema);
  }

  /** The record's name without its namespace. */
  public String recordName() {
    return recordName;
  }

  public Schema schema() {
    return schema;
  }

  /** CRC-64-AVRO. */
  public long fingerprint() {
    return fingerprint;
  }

  /** The schema as JSON on one line, docs included. */
  public String json() {
    return schema.toString();
  }

  static Schema parse(String json) {
    return new SchemaParser().parse(json).mainSchema();
  }

  /** A text that was packed beside this class. */
  static String resource(String name) {
    try (InputStream in = WireSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
