package dev.irqledger.fuzzing.targets;

import dev.irqledger.fuzzing.seed.SchemaRecords;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.WireSchema;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The values of a topic whose records are what Avro generated. Any bytes are a record or a reason;
 * a record that is written again is the same; and whatever else is made of it can be made of every
 * one.
 */
final class RecordTarget<T extends SpecificRecord> implements Target {
  private final WireSchema schema;
  private final WireCodec<T> codec;
  private final Equality equality;
  private final Consumer<? super T> use;

  /**
   * @param use makes of a record what the programs make of it
   */
  RecordTarget(WireSchema schema, Class<T> type, Consumer<? super T> use) {
    this.schema = schema;
    this.codec = new WireCodec<>(type, SchemaCatalog.releasedOnly());
    this.equality = new Equality(SpecificData.getForClass(type));
    this.use = use;
  }

  @Override
  public void check(byte[] input) {
    switch (codec.decode(input)) {
      case Undecodable<T>(String reason) ->
          Broken.unless(!reason.isBlank(), "a reason says something");
      case Value<T>(T read) -> {
        Broken.unless(
            codec.decode(codec.encode(read)) instanceof Value<T>(T again)
                && equality.holds(read, again),
            "a record that is written again");
        use.accept(read);
      }
    }
  }

  /** Equality of records, which Avro 1.12.2 cannot tell of lists in which a time may be null. */
  private static final class Equality extends SpecificData {
    Equality(SpecificData model) {
      model.getConversions().forEach(this::addLogicalTypeConversion);
    }

    boolean holds(SpecificRecord one, SpecificRecord other) {
      return compare(one, other, one.getSchema(), true) == 0;
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return SchemaRecords.of(schema);
  }
}
