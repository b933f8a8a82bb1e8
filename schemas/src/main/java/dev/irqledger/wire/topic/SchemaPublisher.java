package dev.irqledger.wire.topic;

import dev.irqledger.wire.Fingerprint;
import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.WireSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes the schemas that this program writes with. Every program that writes does so before its
 * first record: a reader that knows no schema of a record takes it for undecodable.
 *
 * <p>The value is the schema's JSON text itself, in UTF-8, so that a reader needs nothing but the
 * key to find it.
 */
public final class SchemaPublisher {
  private SchemaPublisher() {}

  /**
   * Publishes what is missing, and waits until it is acknowledged. To publish twice does no harm.
   *
   * @param producer with {@link ProducerSettings#idempotent}
   * @return what was missing
   * @throws LookupUnavailable if the topic cannot be read or written now
   */
  public static List<WireSchema> publishMissing(
      TopicSchemaSource source, Producer<String, byte[]> producer) {
    return publishMissing(source, producer, List.of(WireSchema.values()));
  }

  /**
   * As {@link #publishMissing(TopicSchemaSource, Producer)}, of some schemas.
   *
   * @param wanted those that the producer writes with
   */
  public static List<WireSchema> publishMissing(
      TopicSchemaSource source, Producer<String, byte[]> producer, List<WireSchema> wanted) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    wanted.forEach(schema -> texts.put(Fingerprint.hex(schema.fingerprint()), schema.json()));
    Set<String> missing = publishMissing(source, producer, texts);
    return wanted.stream()
        .filter(schema -> missing.contains(Fingerprint.hex(schema.fingerprint())))
        .toList();
  }

  /**
   * As {@link #publishMissing(TopicSchemaSource, Producer)}, of schemas that need not be this
   * program's own.
   *
   * @param wanted JSON texts by their fingerprints in hexadecimal, in the order to publish them
   * @return the fingerprints of those that were missing
   */
  public static Set<String> publishMissing(
      TopicSchemaSource source,
      Producer<String, byte[]> producer,
      SequencedMap<String, String> wanted) {
    Set<String> missing = new LinkedHashSet<>(wanted.keySet());
    missing.removeAll(source.published());
    List<Future<?>> sent = new ArrayList<>();
    for (String key : missing) {
      byte[] json = wanted.getOrDefault(key, "").getBytes(StandardCharsets.UTF_8);
      sent.add(producer.send(new ProducerRecord<>(Topic.SCHEMAS.topicName(), key, json)));
    }
    producer.flush();
    sent.forEach(SchemaPublisher::await);
    return missing;
  }

  private static void await(Future<?> sent) {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new LookupUnavailable("cannot publish a schema now", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LookupUnavailable("interrupted while publishing a schema", e);
    }
  }
}
