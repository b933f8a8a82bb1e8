package dev.irqledger.service.topology;

import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.service.pressure.HostSumsCodec;
import dev.irqledger.wire.SchemaCatalog;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sums of each host up to date with every event, and publishes those that changed from
 * time to time: a burst of events on a host costs one record, and no mark of high water is missed.
 */
final class HostSummer implements Processor<byte[], HostInput, byte[], byte[]> {
  private final SchemaCatalog schemas;
  private final Duration interval;
  private final HostSumsCodec codec;

  /** What the store holds, decoded. The hosts of a partition are few. */
  private final Map<String, HostSums> sums = new HashMap<>();

  private final Set<String> unpublished = new LinkedHashSet<>();
  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable Holdings holdings;
  private @Nullable Cancellable publishing;

  HostSummer(SchemaCatalog schemas, Duration interval) {
    this.schemas = schemas;
    this.interval = interval;
    this.codec = new HostSumsCodec(schemas);
  }

  /**
   * Also called again on the same object, with a store that was put back, when a task is revived:
   * nothing remembered from before may be trusted. Nor does anybody know what was left to be
   * published then: so every host is published once.
   */
  @Override
  public void init(ProcessorContext<byte[], byte[]> own) {
    KeyValueStore<String, byte[]> kept = own.getStateStore(LedgerTopology.HOST_SUMS);
    store = kept;
    holdings = new Holdings(own.getStateStore(LedgerTopology.HOLDINGS));
    sums.clear();
    unpublished.clear();
    try (KeyValueIterator<String, byte[]> hosts = kept.all()) {
      hosts.forEachRemaining(host -> unpublished.add(host.key));
    }
    PressurePublisher publisher = new PressurePublisher(schemas, own, holdings);
    publishing = own.schedule(interval, PunctuationType.WALL_CLOCK_TIME, _ -> publish(publisher));
  }

  @Override
  public void close() {
    if (publishing != null) {
      publishing.cancel();
    }
  }

  @Override
  public void process(Record<byte[], HostInput> input) {
    switch (input.value()) {
      case HostInput.DeviceMoved moved -> moved(moved);
      case HostInput.CapacityChanged changed -> {
        if (sums(changed.host()) != null) {
          unpublished.add(changed.host());
        }
      }
    }
  }

  private void moved(HostInput.DeviceMoved moved) {
    HostSums before = sums(moved.host());
    boolean held = Objects.requireNonNull(holdings).moved(moved.after(), moved.vm());
    boolean same = !held && !HostSums.differs(moved.before(), moved.after());
    if (before != null && same) {
      return;
    }
    HostSums known = before == null ? HostSums.NONE : before;
    HostSums after = known.moved(moved.before(), moved.after(), moved.position());
    sums.put(moved.host(), after);
    Objects.requireNonNull(store).put(moved.host(), codec.encode(moved.host(), after));
    unpublished.add(moved.host());
  }

  /** Null where no event of the host was folded yet. */
  private @Nullable HostSums sums(String host) {
    HostSums known = sums.get(host);
    if (known != null) {
      return known;
    }
    byte[] kept = Objects.requireNonNull(store).get(host);
    if (kept == null) {
      return null;
    }
    HostSums read = codec.decode(kept);
    sums.put(host, read);
    return read;
  }

  private void publish(PressurePublisher publisher) {
    for (String host : unpublished) {
      publisher.publish(host, Objects.requireNonNull(sums(host)));
    }
    unpublished.clear();
  }
}
