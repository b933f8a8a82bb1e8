package dev.irqledger.wire;

import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.signature.Enrolment;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the records of {@code irq.keys} to what they enrol. */
public final class KeyRecords {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRecords.class);

  private KeyRecords() {}

  /**
   * What is enrolled, by host. A record that nobody can read is told in the log, and stands for
   * {@link Enrolment#UNREADABLE}.
   *
   * @param written values by their keys
   * @throws LookupUnavailable if a schema that a value needs cannot be looked up now
   */
  public static Map<String, Enrolment> enrolments(
      Map<String, byte[]> written, SchemaCatalog schemas) {
    WireCodec<HostKeys> codec = new WireCodec<>(HostKeys.class, schemas);
    Map<String, Enrolment> byHost = new HashMap<>();
    written.forEach((host, value) -> byHost.put(host, enrolment(host, codec.decode(value))));
    return Map.copyOf(byHost);
  }

  private static Enrolment enrolment(String host, Decoded<HostKeys> keys) {
    return switch (keys) {
      case Decoded.Value<HostKeys>(HostKeys read) -> Enrolment.of(read);
      case Decoded.Undecodable<HostKeys>(String reason) -> {
        LOG.warn("the keys of {} cannot be read, so none of its events counts: {}", host, reason);
        yield Enrolment.UNREADABLE;
      }
    };
  }
}
