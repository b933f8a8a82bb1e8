package dev.irqledger.cli.keys;

import dev.irqledger.cli.Cluster;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostKeys;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code irq.keys} holds now.
 *
 * @param unreadable the hosts whose record could not be read
 */
record HeldKeys(SortedMap<String, HostKeys> byHost, Set<String> unreadable) {
  /**
   * Reads the topic to its end.
   *
   * @throws dev.irqledger.wire.LookupUnavailable if it cannot be read now
   */
  static HeldKeys read(Cluster cluster) {
    Lookups lookups = cluster.lookups();
    WireCodec<HostKeys> codec = new WireCodec<>(HostKeys.class, lookups.schemas());
    SortedMap<String, HostKeys> byHost = new TreeMap<>();
    Set<String> unreadable = new TreeSet<>();
    lookups
        .enrolments()
        .records()
        .forEach((host, value) -> {
          switch (codec.decode(value)) {
            case Decoded.Value<HostKeys>(HostKeys keys) -> byHost.put(host, keys);
            case Decoded.Undecodable<HostKeys> _ -> unreadable.add(host);
          }
        });
    return new HeldKeys(byHost, unreadable);
  }
}
