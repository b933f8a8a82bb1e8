package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.rule.Violation;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.PolicyRecords;
import dev.irqledger.wire.WireSchema;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.avro.Quarantined;
import dev.irqledger.wire.signature.Enrolment;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** All that is fuzzed, by name. */
public enum Targets {
  EVENT("values of irq.events", EventTarget::new),
  DEVICE_STATE("values of irq.device-state", DeviceStateTarget::new),
  COMMAND("values of irq.commands", Targets::commands),
  POLICY("values of irq.policies", Targets::policies),
  VIOLATION("values of irq.violations", Targets::violations),
  HOST_PRESSURE("values of irq.host-pressure", Targets::pressure),
  AGENT_STATUS("values of irq.agent-status", Targets::statuses),
  QUARANTINED("values of irq.quarantine", Targets::quarantined),
  HOST_KEYS("values of irq.keys", Targets::hostKeys),
  SIGNATURE("the header irq-signature", SignatureTarget::new),
  WRITER_SCHEMA("schemas of other writers, and their records", WriterSchemaTarget::new),
  KERNEL_TRACE("kernel traces", RecordingTarget::kernelTraces),
  QEMU_TRACE("QEMU's trace logs", RecordingTarget::qemuTraces),
  PROBE("a probe's text, recorded", RecordingTarget::probeText),
  OBSERVER("a probe's text, as the agent reads it", ObserverTarget::new),
  PROCESS("/proc of other processes", ProcessTarget::new),
  RECORDING_FILE("files that are to be imported", RecordingFileTarget::new),
  OPERATION("operations", OperationTarget::new),
  AGENT_SOCKET("requests at the agent's socket", AgentSocketTarget::new),
  POINT("points of the log", PointTarget::new),
  NAME("names of devices, kernels and release policies", NameTarget::new),
  COMMAND_LINE("command lines and their values", CommandLineTarget::new),
  EXPRESSION("expressions of replay bisect", ExpressionTarget::new),
  KEY_FILE("files with keys", KeyFileTarget::new),
  SETTINGS_FILE("files with settings of Kafka's clients", SettingsFileTarget::new),
  HEADS("files with signed heads", HeadsTarget::new),
  ARCHIVE("files of archives", ArchiveTarget::new),
  HTTP_CONNECTION("the bytes of HTTP connections", HttpTarget::connections),
  HTTP_QUESTION("paths and queries of the HTTP API", HttpTarget::questions);

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor of a target
  private final Supplier<Target> maker;

  Targets(String words, Supplier<Target> maker) {
    this.words = words;
    this.maker = maker;
  }

  /** The name, as command lines and folders have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is read, for people. */
  public String words() {
    return words;
  }

  /** A new one. */
  public Target make() {
    return maker.get();
  }

  /**
   * The target of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Targets named(String label) {
    return Arrays.stream(values())
        .filter(target -> target.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no target '" + label + "': --list tells all"));
  }

  private static Target commands() {
    return new RecordTarget<>(WireSchema.COMMAND, Command.class, command -> {});
  }

  private static Target policies() {
    return new RecordTarget<>(
        WireSchema.POLICY,
        Policy.class,
        policy ->
            Broken.unlessEqual("7", PolicyRecords.policy(policy, "7").revision(), "a policy"));
  }

  private static Target violations() {
    return new RecordTarget<>(
        WireSchema.VIOLATION, dev.irqledger.wire.avro.Violation.class, Targets::use);
  }

  private static void use(dev.irqledger.wire.avro.Violation finding) {
    var position = Findings.position(finding);
    if (Findings.violation(finding) instanceof Decoded.Value<Violation>(Violation violation)) {
      Broken.unlessEqual(
          new Decoded.Value<>(violation),
          Findings.violation(Findings.of(violation, position)),
          "a violation that is written again");
    }
  }

  private static Target pressure() {
    return new RecordTarget<>(WireSchema.HOST_PRESSURE, HostPressure.class, pressure -> {});
  }

  private static Target statuses() {
    return new RecordTarget<>(WireSchema.AGENT_STATUS, AgentStatus.class, status -> {});
  }

  private static Target quarantined() {
    return new RecordTarget<>(WireSchema.QUARANTINED, Quarantined.class, record -> {});
  }

  private static Target hostKeys() {
    return new RecordTarget<>(
        WireSchema.HOST_KEYS,
        HostKeys.class,
        keys ->
            Broken.unless(
                Enrolment.of(keys).keys().size() <= keys.getKeys().size(), "a key at the most"));
  }
}
