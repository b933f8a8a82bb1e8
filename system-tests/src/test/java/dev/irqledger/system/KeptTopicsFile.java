package dev.irqledger.system;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.system.KeptTopics.Kept;
import dev.irqledger.system.KeptTopics.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** All topics of a cluster in one Avro file, the settings of the topics in its metadata. */
final class KeptTopicsFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SETTINGS = "irqledger.topics";
  private static final int BEST = 9;

  private static final Schema SCHEMA =
      new SchemaParser()
          .parse(
              """
              {"type": "record", "name": "KeptRecord", "namespace": "dev.irqledger.golden", "fields": [
                {"name": "topic", "type": "string"},
                {"name": "partition", "type": "int"},
                {"name": "offset", "type": "long"},
                {"name": "time", "type": "long"},
                {"name": "key", "type": ["null", "bytes"]},
                {"name": "value", "type": ["null", "bytes"]},
                {"name": "headers", "type": {"type": "array", "items": {
                  "type": "record", "name": "KeptHeader", "fields": [
                    {"name": "key", "type": "string"},
                    {"name": "value", "type": ["null", "bytes"]}]}}}]}
              """)
          .mainSchema();

  private KeptTopicsFile() {}

  static void write(KeptTopics kept, Path file) throws IOException {
    try (var out = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(SCHEMA))) {
      out.setCodec(CodecFactory.deflateCodec(BEST));
      out.setMeta(SETTINGS, JSON.writeValueAsBytes(kept.topics()));
      out.setSyncInterval(1 << 20);
      out.create(SCHEMA, file.toFile());
      for (Kept record : kept.records()) {
        out.append(row(record));
      }
    }
  }

  private static GenericRecord row(Kept record) {
    GenericRecord row = new GenericData.Record(SCHEMA);
    row.put("topic", record.at().topic());
    row.put("partition", record.at().partition());
    row.put("offset", record.offset());
    row.put("time", record.time());
    row.put("key", buffer(record.key()));
    row.put("value", buffer(record.value()));
    Schema headers = SCHEMA.getField("headers").schema();
    var list = new GenericData.Array<GenericRecord>(record.headers().size(), headers);
    for (Header header : record.headers()) {
      GenericRecord each = new GenericData.Record(headers.getElementType());
      each.put("key", header.key());
      each.put("value", buffer(header.value()));
      list.add(each);
    }
    row.put("headers", list);
    return row;
  }

  static KeptTopics read(Path file) throws IOException {
    try (var in = new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
      SortedMap<String, Settings> topics =
          JSON.readValue(in.getMeta(SETTINGS), new TypeReference<TreeMap<String, Settings>>() {});
      return new KeptTopics(
          topics,
          StreamSupport.stream(in.spliterator(), false).map(KeptTopicsFile::record).toList());
    }
  }

  private static Kept record(GenericRecord row) {
    List<Header> headers = new ArrayList<>();
    for (Object each : (List<?>) row.get("headers")) {
      GenericRecord header = (GenericRecord) each;
      headers.add(new RecordHeader(header.get("key").toString(), bytes(header.get("value"))));
    }
    return new Kept(
        new TopicPartition(row.get("topic").toString(), (int) row.get("partition")),
        (long) row.get("offset"),
        (long) row.get("time"),
        bytes(row.get("key")),
        bytes(row.get("value")),
        headers);
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static byte @Nullable [] bytes(@Nullable Object read) {
    if (read == null) {
      return null;
    }
    ByteBuffer buffer = (ByteBuffer) read;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
