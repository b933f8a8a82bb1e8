package dev.irqledger.cli.write;

import dev.irqledger.cli.Progress;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.topic.EventRecords;
import dev.irqledger.wire.topic.HostPartitioner;
import dev.irqledger.wire.topic.Topic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The latest commands of the log, with their answers. */
final class RequestLog {
  private static final Comparator<Request> BY_TIME =
      Comparator.comparingLong(RequestLog::time)
          .thenComparingInt(request -> place(request).partition())
          .thenComparingLong(request -> place(request).offset());

  private final TopicReader reader;
  private final WireCodec<Command> commandCodec;
  private final EventCodec eventCodec;
  private final PrintWriter progress;
  private long unreadable;

  RequestLog(TopicReader reader, Lookups lookups, PrintWriter progress) {
    this.reader = reader;
    this.commandCodec = new WireCodec<>(Command.class, lookups.schemas());
    this.eventCodec = lookups.codec();
    this.progress = progress;
  }

  /** How many records that could be commands, or answers, could not be read. */
  long unreadable() {
    return unreadable;
  }

  /**
   * The latest that are wanted, the newest last.
   *
   * @param since from that log time on
   * @param host where only that host's are wanted; null for every host
   */
  List<Request> latest(Instant since, @Nullable String host, Predicate<Command> wanted, int limit) {
    PriorityQueue<Request> latest = new PriorityQueue<>(BY_TIME);
    List<TopicPartition> own = partitions(Topic.COMMANDS, host);
    Map<TopicPartition, Long> from = reader.since(own, since);
    Map<TopicPartition, Long> to = reader.ends(own);
    Progress told = new Progress("commands read", progress);
    long of = count(from, to);
    long[] read = {0};
    reader.read(
        from,
        to,
        record -> {
          told.at(++read[0], of);
          switch (commandCodec.decode(record.value())) {
            case Decoded.Undecodable<Command> _ -> unreadable++;
            case Decoded.Value<Command>(Command command) -> {
              if (wanted.test(command)) {
                latest.add(new Request(command, Place.of(record), null));
              }
            }
          }
          if (latest.size() > limit) {
            latest.poll();
          }
          return true;
        });
    List<Request> ordered = new ArrayList<>(latest);
    ordered.sort(BY_TIME);
    return answered(ordered, host);
  }

  /** Reads the events from the oldest of these commands on, until each has its answer. */
  private List<Request> answered(List<Request> asked, @Nullable String host) {
    if (asked.isEmpty()) {
      return asked;
    }
    Map<UUID, Request> open = new HashMap<>();
    Map<UUID, Request> all = new LinkedHashMap<>();
    asked.forEach(request -> {
      open.put(request.command().getId(), request);
      all.put(request.command().getId(), request);
    });
    List<TopicPartition> own = partitions(Topic.EVENTS, host);
    Map<TopicPartition, Long> from =
        reader.since(own, Instant.ofEpochMilli(time(asked.getFirst())));
    Map<TopicPartition, Long> to = reader.ends(own);
    Progress told = new Progress("events read", progress);
    long of = count(from, to);
    long[] read = {0};
    List<String> keys =
        asked.stream()
            .map(request -> request.command().getHost() + "/" + request.command().getDevice())
            .distinct()
            .toList();
    reader.read(
        from,
        to,
        record -> {
          told.at(++read[0], of);
          if (record.key() != null
              && keys.contains(new String(record.key(), StandardCharsets.UTF_8))) {
            answer(record, open, all);
          }
          return !open.isEmpty();
        });
    return List.copyOf(all.values());
  }

  private void answer(
      ConsumerRecord<byte[], byte[]> record, Map<UUID, Request> open, Map<UUID, Request> all) {
    switch (EventRecords.decode(eventCodec, record)) {
      case Decoded.Undecodable<InterruptEvent> _ -> unreadable++;
      case Decoded.Value<InterruptEvent>(InterruptEvent event) -> {
        UUID id = event.authorship().accepted() ? event.actor().commandId() : null;
        Request request = id == null ? null : open.remove(id);
        if (request != null && id != null) {
          all.put(id, request.answered(new Answer(Place.of(record), event)));
        }
      }
    }
  }

  private List<TopicPartition> partitions(Topic topic, @Nullable String host) {
    List<TopicPartition> all = reader.partitions(topic);
    return host == null
        ? all
        : List.of(
            new TopicPartition(topic.topicName(), HostPartitioner.partition(host, all.size())));
  }

  private static long count(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return to.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  private static long time(Request request) {
    return place(request).logTimeMs();
  }

  private static Place place(Request request) {
    Place place = request.place();
    if (place == null) {
      throw new IllegalArgumentException("a command of the log has its place");
    }
    return place;
  }
}
