package dev.irqledger.benchmarks.calls;

import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.WireSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the wire contract costs for one ordinary event, beside Avro's own generic records. */
@State(Scope.Thread)
public class WireCalls {
  private static final int EVENTS = 256;

  /** Mark and fingerprint of a single-object encoding. */
  private static final int HEADER_BYTES = 10;

  private final EventCodec codec = EventCodec.releasedOnly();
  private final List<InterruptEvent> events = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private final List<GenericRecord> records = new ArrayList<>();
  private final GenericDatumReader<GenericRecord> reader =
      new GenericDatumReader<>(WireSchema.INTERRUPT_EVENT.schema());
  private final GenericDatumWriter<GenericRecord> writer =
      new GenericDatumWriter<>(WireSchema.INTERRUPT_EVENT.schema());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private int next;

  @Setup
  public void seal() throws IOException {
    List<SealedEvent> log = new ArrayList<>();
    BusyDevices.moving(8, 8, 32, EVENTS).accept(log::add);
    for (SealedEvent sealed : log.subList(log.size() - EVENTS, log.size())) {
      events.add(sealed.event());
      bytes.add(sealed.bytes());
      records.add(generic(sealed.bytes()));
    }
  }

  private int next() {
    next = (next + 1) & (EVENTS - 1);
    return next;
  }

  private GenericRecord generic(byte[] value) throws IOException {
    decoder =
        DecoderFactory.get()
            .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
    return reader.read(null, decoder);
  }

  /** With the hash of the bytes. */
  @Benchmark
  public Decoded<InterruptEvent> decode() {
    return codec.decode(bytes.get(next()));
  }

  /** Without any hash. */
  @Benchmark
  public GenericRecord decode_by_avros_generic_reader() throws IOException {
    return generic(bytes.get(next()));
  }

  /** With the hash of the bytes. */
  @Benchmark
  public SealedEvent encode() {
    return codec.encode(events.get(next()));
  }

  /** Without any hash. */
  @Benchmark
  public byte[] encode_by_avros_generic_writer() throws IOException {
    out.reset();
    writer.write(records.get(next()), encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** One link of the chain. */
  @Benchmark
  public EventHash hash() {
    return codec.hash(bytes.get(next()));
  }
}
