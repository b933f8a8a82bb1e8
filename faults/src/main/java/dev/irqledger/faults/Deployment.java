package dev.irqledger.faults;

import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.faults.Node.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** Three brokers, two services and three agents, none of which runs yet. */
final class Deployment {
  static final int PARTITIONS = 6;
  private static final int BROKERS = 3;
  private static final int SERVICES = 2;
  private static final int AGENTS = 3;
  private static final int BROKER_DISK_MB = 512;
  private static final int SERVICE_DISK_MB = 256;
  private static final int AGENT_DISK_MB = 24;

  /** Short, since the path of a socket may have a hundred letters. */
  private static final Path DISKS = Path.of("/run/irq-ledger");

  /** Each agent's devices. */
  static final Map<String, DevicePreset> DEVICES =
      new TreeMap<>(
          Map.of(
              "0000:01:00.0", DevicePreset.NVME,
              "0000:02:00.0", DevicePreset.E1000E,
              "0000:03:00.0", DevicePreset.XHCI));

  private final Path folder;
  private final Network network;
  private final ScheduledExecutorService supervisor;
  private final List<Node> nodes = new ArrayList<>();
  private final String bootstrap;

  /**
   * Makes networks, disks and configurations.
   *
   * @param folder an empty one, on an ordinary disk
   */
  Deployment(Path folder, ScheduledExecutorService supervisor) throws IOException {
    this.folder = folder;
    this.network = new Network();
    this.supervisor = supervisor;
    Files.createDirectories(folder.resolve("tmp"));
    Map<String, String> brokers = new TreeMap<>();
    for (int id = 1; id <= BROKERS; id++) {
      brokers.put("kafka-" + id, network.add("kafka-" + id));
    }
    bootstrap =
        brokers.values().stream()
            .map(address -> address + ":9092")
            .collect(Collectors.joining(","));
    addBrokers(brokers);
    for (int number = 1; number <= SERVICES; number++) {
      addService("ledger-" + number);
    }
    for (int number = 1; number <= AGENTS; number++) {
      addAgent("hv-" + number);
    }
  }

  private void addBrokers(Map<String, String> brokers) throws IOException {
    String clusterId = Uuid.randomUuid().toString();
    List<BrokerSettings> all = BrokerSettings.of(List.copyOf(brokers.values()));
    int next = 0;
    for (Map.Entry<String, String> broker : brokers.entrySet()) {
      String name = broker.getKey();
      SmallDisk disk = new SmallDisk(DISKS.resolve(name), BROKER_DISK_MB);
      Path file = folder.resolve(name + ".properties");
      all.get(next++).write(file, disk.folder().resolve("log"));
      SystemCommand.run(
          java("-Xmx128m", "kafka.tools.StorageTool")
              .with("format", "-t", clusterId, "-c", file.toString())
              .words()
              .toArray(String[]::new));
      add(name, Kind.BROKER, broker.getValue(), disk, java("-Xmx512m", "kafka.Kafka").with(file));
    }
  }

  private void addService(String name) throws IOException {
    SmallDisk disk = new SmallDisk(DISKS.resolve(name), SERVICE_DISK_MB);
    String address = network.add(name);
    add(
        name,
        Kind.SERVICE,
        address,
        disk,
        program("-Xmx384m")
            .with("service", "run", "--bootstrap-server", bootstrap)
            .with("--partitions", PARTITIONS, "--replication-factor", BROKERS)
            .with("--state-dir", disk.folder().resolve("state"))
            .with("--http-listen", address + ":8571", "--timeout", 60));
  }

  private void addAgent(String name) throws IOException {
    SmallDisk disk = new SmallDisk(DISKS.resolve(name), AGENT_DISK_MB);
    Java command =
        program("-Xmx256m")
            .with("agent", "serve", "--backend", "modelled", "--host", name)
            .with("--bootstrap-server", bootstrap, "--partitions", PARTITIONS)
            .with("--state-dir", disk.folder().resolve("state"), "--timeout", 60);
    for (Map.Entry<String, DevicePreset> device : DEVICES.entrySet()) {
      command = command.with("--device", device.getKey() + ":" + device.getValue().label());
    }
    add(name, Kind.AGENT, network.add(name), disk, command);
  }

  private void add(String name, Kind kind, String address, SmallDisk disk, Java command) {
    Path messages = folder.resolve(name + ".log");
    nodes.add(
        new Node(
            new Node.Plan(name, kind, address, disk, command.words(), messages),
            network,
            supervisor));
  }

  /** Where clients in this namespace find the brokers. */
  String bootstrap() {
    return bootstrap;
  }

  List<Node> nodes() {
    return nodes;
  }

  Stream<Node> all(Kind kind) {
    return nodes.stream().filter(node -> node.kind() == kind);
  }

  /** Where an agent's journal is. */
  static Path journal(Node agent) {
    return agent.disk().folder().resolve("state").resolve(agent.name());
  }

  private Java program(String heap) {
    return java(heap, "dev.irqledger.standalone.Main");
  }

  private Java java(String heap, String main) {
    return new Java(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-Djava.util.logging.config.file="
                + System.getProperty("java.util.logging.config.file"),
            "-Dlog4j2.statusLoggerLevel=OFF",
            "-cp",
            System.getProperty("java.class.path"),
            main));
  }

  /** A command that starts a JVM. */
  private record Java(List<String> words) {
    Java with(Object... more) {
      return new Java(
          Stream.concat(words.stream(), Stream.of(more).map(Object::toString)).toList());
    }
  }
}
