package dev.irqledger.wire;

import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.BlindInterval;
import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.BudgetScope;
import dev.irqledger.wire.avro.Command;
import dev.irqledger.wire.avro.CoverageMode;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.EnforcedAction;
import dev.irqledger.wire.avro.Enforcement;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.HostKey;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.IdleTrigger;
import dev.irqledger.wire.avro.IdleVector;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import dev.irqledger.wire.avro.RemappingUnit;
import dev.irqledger.wire.avro.SigningPeriod;
import dev.irqledger.wire.avro.UnarmedDevice;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** One record of each generated kind. The golden files hold their bytes: they are never changed. */
final class PlainExamples {
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L, 123_456_000);

  static final Violation VIOLATION =
      new Violation(
          new UUID(7, 8),
          Rule.CACHE_KEEPS_IRQ,
          Examples.DEVICE,
          Examples.ID,
          Examples.HASH,
          3,
          41,
          1_790_000_000_123_456L,
          List.of(0, 3),
          "irq 55",
          "irq 56");

  private PlainExamples() {}

  static Map<WireSchema, SpecificRecord> all() {
    Map<WireSchema, SpecificRecord> all = new LinkedHashMap<>();
    all.put(WireSchema.COMMAND, command());
    all.put(WireSchema.POLICY, policy());
    all.put(
        WireSchema.VIOLATION, Findings.of(VIOLATION, new LogPosition(5, 77, 1_790_000_000_124L)));
    all.put(WireSchema.HOST_PRESSURE, pressure());
    all.put(WireSchema.AGENT_STATUS, status());
    all.put(
        WireSchema.QUARANTINED,
        Quarantine.of("irq.events", 5, 78, "no such branch", null, new byte[] {1, 2, 3}));
    all.put(WireSchema.HOST_KEYS, hostKeys());
    return all;
  }

  private static HostKeys hostKeys() {
    Instant from = Instant.ofEpochMilli(1_790_000_000_000L);
    Instant until = Instant.ofEpochMilli(1_790_000_900_000L);
    return HostKeys.newBuilder()
        .setHost("rack1-node7.example")
        .setKeys(
            List.of(
                new HostKey(ByteBuffer.wrap(new byte[] {1, 2, 3}), from, until),
                new HostKey(ByteBuffer.wrap(new byte[] {4, 5}), until, null)))
        .setRequired(List.of(new SigningPeriod(from, null)))
        .build();
  }

  static Command command() {
    return Command.newBuilder()
        .setId(new UUID(5, 6))
        .setHost("rack1-node7.example")
        .setDevice("0000:01:00.0")
        .setOp("set 2 0 1 eventfd trigger e0")
        .setExpiresAt(NOW)
        .setExpectedEpoch(3L)
        .setRequestedBy("ops")
        .setExpectedSequence(41L)
        .setFindingId(new UUID(7, 8))
        .build();
  }

  /** As version 1 had it: it expects no event, and remedies no finding. */
  static Command commandOfVersion1() {
    return Command.newBuilder(command()).setExpectedSequence(null).setFindingId(null).build();
  }

  private static Policy policy() {
    return Policy.newBuilder()
        .setHost("*")
        .setBudgets(
            List.of(
                new Budget(BudgetScope.VM, "web-3", 64, null),
                new Budget(BudgetScope.HOST, "*", null, 4096)))
        .setIdleLimitSeconds(3600L)
        .setEnforcement(new Enforcement(EnforcedAction.CLEAR, EnforcedAction.DISABLE, 60L))
        .build();
  }

  /** As version 1 had it: nothing is enforced. */
  static Policy policyOfVersion1() {
    return Policy.newBuilder(policy()).setEnforcement(null).build();
  }

  private static HostPressure pressure() {
    return HostPressure.newBuilder()
        .setHost("rack1-node7.example")
        .setPools(
            List.of(
                new Pool(
                    PoolKind.CPU_VECTORS,
                    null,
                    3,
                    0,
                    0,
                    12,
                    400,
                    9,
                    NOW.truncatedTo(ChronoUnit.MILLIS)),
                new Pool(
                    PoolKind.REMAPPING_ENTRIES, "dmar0", 3, 2, 1, null, null, 9, Instant.EPOCH)))
        .setHolders(List.of(new Holder("0000:01:00.0", "web-3", 3, 2, 1)))
        .setPartition(5)
        .setOffset(77)
        .setLogTime(NOW.truncatedTo(ChronoUnit.MILLIS))
        .setLongestUnarmed(new UnarmedDevice("0000:01:00.0", "web-3", NOW.minusSeconds(60)))
        .setArmedIdleTotal(2)
        .setArmedIdle(List.of(new IdleTrigger("0000:01:00.0", 31, 77, NOW.minusSeconds(3600))))
        .build();
  }

  /** As version 2 had it, with the defaults of what came later. */
  static HostPressure pressureOfVersion2() {
    return HostPressure.newBuilder(pressure())
        .setArmedIdleTotal(-1)
        .setArmedIdle(List.of())
        .build();
  }

  /** As version 1 had it, with the defaults of what came later. */
  static HostPressure pressureOfVersion1() {
    return HostPressure.newBuilder(pressureOfVersion2()).setLongestUnarmed(null).build();
  }

  private static AgentStatus status() {
    return AgentStatus.newBuilder()
        .setHost("rack1-node7.example")
        .setBootId("3f0c2a1e-7d55-4d8e-9b0a-2f6f1f9f4f10")
        .setEpoch(3)
        .setHeartbeatAt(NOW)
        .setCoverage(CoverageMode.SNAPSHOTS_ONLY)
        .setBlind(
            List.of(
                new BlindInterval(NOW.minusSeconds(9), NOW.minusSeconds(8), "ring buffer overrun"),
                new BlindInterval(NOW, null, "no probe")))
        .setCpuVectorsTotal(400)
        .setCpuVectorsFree(388)
        .setRemappingUnits(List.of(new RemappingUnit("dmar0", 65536, null)))
        .setHostDrivers(List.of(new DriverUse("nvme", 12)))
        .setBacklog(17)
        .setArmedIdleTotal(1)
        .setArmedIdle(List.of(new IdleVector("0000:01:00.0", 31, 77, 5L, NOW.minusSeconds(3600))))
        .build();
  }

  /** What version 1 had to say of the same: the later fields have their defaults. */
  static AgentStatus statusOfVersion1() {
    return AgentStatus.newBuilder(status())
        .setBacklog(-1)
        .setArmedIdleTotal(-1)
        .setArmedIdle(List.of())
        .build();
  }
}
