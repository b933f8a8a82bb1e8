package dev.irqledger.service;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.service.topology.Backlog;
import dev.irqledger.service.topology.LedgerTopology;
import dev.irqledger.service.topology.StateReader;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.Decoded.Undecodable;
import dev.irqledger.wire.Decoded.Value;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.Lookups;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Quarantined;
import dev.irqledger.wire.avro.Violation;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on one partition without a broker, with the service's own settings. */
final class LedgerDriver implements AutoCloseable {
  static final Duration PRESSURE_INTERVAL = Duration.ofMillis(200);
  private static final Duration STATE_INTERVAL = Duration.ofMillis(1);

  private final Map<String, Enrolment> enrolled = new HashMap<>();
  private final Lookups lookups =
      new Lookups(
          SchemaCatalog.releasedOnly(), (host, _) -> enrolled.getOrDefault(host, Enrolment.NONE));
  private final SchemaCatalog schemas = lookups.schemas();
  private final DeviceStateCodec states = new DeviceStateCodec(schemas);
  private final WireCodec<Violation> violations = new WireCodec<>(Violation.class, schemas);
  private final WireCodec<HostPressure> pressures = new WireCodec<>(HostPressure.class, schemas);
  private final WireCodec<Command> commands = new WireCodec<>(Command.class, schemas);
  private final WireCodec<Quarantined> quarantined = new WireCodec<>(Quarantined.class, schemas);
  private final WireCodec<AgentStatus> statuses = new WireCodec<>(AgentStatus.class, schemas);

  private final Path folder;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> events;
  private final TestInputTopic<byte[], byte[]> agents;
  private Policies policies = Policies.NONE;
  private long nowMs = 1_790_000_000_000L;

  LedgerDriver() {
    this(Backlog.NONE);
  }

  LedgerDriver(Backlog backlog) {
    try {
      folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "driver");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Properties settings = new Properties();
    settings.putAll(StreamsSettings.of(ServiceSettings.of("localhost:1", folder), 1));
    driver =
        new TopologyTestDriver(
            LedgerTopology.of(
                lookups, () -> policies, backlog, STATE_INTERVAL, PRESSURE_INTERVAL, 1),
            settings,
            Instant.ofEpochMilli(nowMs));
    events = input(Topic.EVENTS);
    agents = input(Topic.AGENT_STATUS);
  }

  private TestInputTopic<byte[], byte[]> input(Topic topic) {
    return driver.createInputTopic(
        topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(Topic topic) {
    return driver.createOutputTopic(
        topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Appends an event; each has a log time one millisecond after the one before. */
  void append(SealedEvent sealed) {
    append(sealed.key().getBytes(StandardCharsets.UTF_8), sealed.bytes());
  }

  void append(byte[] key, byte[] value) {
    events.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(++nowMs)));
  }

  /** What holds for a host from now on. */
  void enrol(String host, Enrolment enrolment) {
    enrolled.put(host, enrolment);
  }

  /** Appends an event with a signature. */
  void appendSigned(SealedEvent sealed, byte[] signature) {
    events.pipeInput(
        new TestRecord<>(
            sealed.key().getBytes(StandardCharsets.UTF_8),
            sealed.bytes(),
            new RecordHeaders().add(EventSigner.HEADER, signature),
            Instant.ofEpochMilli(++nowMs)));
  }

  void append(TestRecord<byte[], byte[]> event) {
    events.pipeInput(event);
  }

  /** The log time of the latest record. */
  long nowMs() {
    return nowMs;
  }

  void status(AgentStatus status) {
    status(status.getHost().getBytes(StandardCharsets.UTF_8), statuses.encode(status));
  }

  void status(byte[] key, byte[] value) {
    agents.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(++nowMs)));
  }

  /** Lets as much time pass as pressure is gathered for. */
  void letIntervalPass() {
    driver.advanceWallClockTime(PRESSURE_INTERVAL);
  }

  /** Sets the policies, and lets them be noticed. */
  void policies(Policies to) {
    policies = to;
    letIntervalPass();
  }

  /** Lets time pass without an event; the driver's clock stands still while events come. */
  void letPass(Duration time) {
    driver.advanceWallClockTime(time);
    nowMs += time.toMillis();
  }

  /** Lets the service fall behind: its clock goes on, and that of the log does not. */
  void letFallBehind(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<TestRecord<byte[], byte[]>> raw(Topic topic) {
    return output(topic).readRecordsToList();
  }

  /** The states that are published once a moment has passed. */
  List<FoldedState> states() {
    driver.advanceWallClockTime(STATE_INTERVAL);
    return values(Topic.DEVICE_STATE, states::decode);
  }

  List<Violation> violations() {
    return values(Topic.VIOLATIONS, violations::decode);
  }

  /** What agents are asked for. */
  List<Command> commands() {
    return values(Topic.COMMANDS, commands::decode);
  }

  List<HostPressure> pressures() {
    return values(Topic.HOST_PRESSURE, pressures::decode);
  }

  List<Quarantined> quarantined() {
    return values(Topic.QUARANTINE, quarantined::decode);
  }

  private <T> List<T> values(Topic topic, Function<byte[], Decoded<T>> decode) {
    List<T> values = new ArrayList<>();
    for (byte[] bytes : output(topic).readValuesToList()) {
      values.add(value(decode.apply(bytes)));
    }
    return values;
  }

  static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Value<T>(T value) -> value;
      case Undecodable<T>(String reason) -> throw new AssertionError(reason);
    };
  }

  /** What the store has. */
  Map<DeviceKey, FoldedState> stored() {
    Map<DeviceKey, FoldedState> stored = new TreeMap<>();
    new StateReader(schemas, driver.getKeyValueStore(LedgerTopology.DEVICE_STATES))
        .forEach(folded -> stored.put(folded.state().key(), folded));
    return stored;
  }

  @Override
  public void close() {
    driver.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
