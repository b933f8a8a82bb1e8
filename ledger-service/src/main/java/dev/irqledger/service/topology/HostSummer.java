package dev.irqledger.service.topology;

import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.service.pressure.HostSums;
import dev.irqledger.wire.SchemaCatalog;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sums of each host up to date with every event, and publishes those that changed from
 * time to time: a burst of events on a host costs one record, and no mark of high water is missed.
 * What policies object to is published at once.
 */
final class HostSummer implements Processor<byte[], HostInput, byte[], byte[]> {
  private final SchemaCatalog schemas;
  private final Duration interval;
  private final Supplier<Policies> policies;
  private final Backlog backlog;
  private final Set<String> unpublished = new LinkedHashSet<>();
  private @Nullable KeptSums sums;
  private @Nullable Holdings holdings;
  private @Nullable Capacities capacities;
  private @Nullable PolicyWatch watch;
  private @Nullable IrqIndex irqs;
  private @Nullable FindingSink findings;
  private @Nullable Cancellable publishing;

  private @Nullable Policies checkedBy;

  /**
   * @param interval how long changes of a host's sums are gathered before they are published, and
   *     how often time and policies are looked at
   */
  HostSummer(
      SchemaCatalog schemas, Duration interval, Supplier<Policies> policies, Backlog backlog) {
    this.schemas = schemas;
    this.interval = interval;
    this.policies = policies;
    this.backlog = backlog;
  }

  /**
   * Also called again on the same object, with a store that was put back, when a task is revived:
   * nothing remembered from before may be trusted. Nor does anybody know what was left to be
   * published then: so every host is published once.
   */
  @Override
  public void init(ProcessorContext<byte[], byte[]> own) {
    KeptSums kept = new KeptSums(schemas, own.getStateStore(LedgerTopology.HOST_SUMS));
    sums = kept;
    Standings standings = new Standings(own.getStateStore(LedgerTopology.STANDING_BREACHES));
    FindingSink sink = new FindingSink(schemas, own);
    findings = sink;
    irqs = new IrqIndex(own.getStateStore(LedgerTopology.IRQS), standings);
    Holdings held = new Holdings(own.getStateStore(LedgerTopology.HOLDINGS));
    holdings = held;
    WriteBehind behind = own.getStateStore(LedgerTopology.WRITE_BEHIND);
    behind.add(LedgerTopology.HOLDINGS, held::write);
    behind.add(LedgerTopology.HOST_SUMS, kept::write);
    Capacities sizes = new Capacities(schemas, own.getStateStore(LedgerTopology.AGENT_STATUSES));
    capacities = sizes;
    KeptDevices devices = devices(behind, own.getStateStore(LedgerTopology.DEVICE_STATES));
    Enforcer enforcer = enforcer(own, devices, held, sink);
    IdleWatch idling = new IdleWatch(policies, devices, standings, enforcer, caughtUp(own));
    PolicyWatch watching =
        new PolicyWatch(policies, held, sizes, standings, sink, enforcer, idling);
    watch = watching;
    checkedBy = null;
    unpublished.clear();
    unpublished.addAll(kept.hosts());
    PressurePublisher publisher = new PressurePublisher(schemas, own, sizes, held);
    publishing =
        own.schedule(
            interval,
            PunctuationType.WALL_CLOCK_TIME,
            nowMs -> {
              check(watching, idling, nowMs);
              publish(publisher);
            });
  }

  /** Whoever folds them may have some of them in memory alone. */
  private KeptDevices devices(WriteBehind behind, KeyValueStore<String, byte[]> states) {
    StateReader reader = new StateReader(schemas, states);
    return device -> {
      behind.write();
      return reader.read(device);
    };
  }

  private Enforcer enforcer(
      ProcessorContext<byte[], byte[]> own, KeptDevices devices, Holdings held, FindingSink sink) {
    TriggerCounts counts =
        new TriggerCounts(schemas, own.getStateStore(LedgerTopology.AGENT_STATUSES));
    CommandSink commands = new CommandSink(schemas, own);
    return new Enforcer(devices, held, counts, sink, commands, own::currentSystemTimeMs);
  }

  private CaughtUp caughtUp(ProcessorContext<byte[], byte[]> own) {
    int partition = own.taskId().partition();
    return new CaughtUp(() -> backlog.folded(partition).toCompletableFuture());
  }

  private void check(PolicyWatch watching, IdleWatch idling, long nowMs) {
    Policies now = policies.get();
    if (!now.equals(checkedBy)) {
      checkedBy = now;
      // Of each host, its policy may be another one.
      for (String host : Objects.requireNonNull(sums).hosts()) {
        watching.policyMayHaveChanged(host, sumsOf(host), nowMs);
      }
    }
    idling.lookAtDue(nowMs);
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
        Objects.requireNonNull(capacities).changed(changed.host());
        HostSums known = Objects.requireNonNull(sums).of(changed.host());
        if (known != null) {
          unpublished.add(changed.host());
          Objects.requireNonNull(watch).capacityChanged(changed.host(), known);
        }
      }
    }
  }

  private void moved(HostInput.DeviceMoved moved) {
    for (Violation shared : Objects.requireNonNull(irqs).moved(moved)) {
      Objects.requireNonNull(findings).put(shared, moved.position());
    }
    HostSums before = Objects.requireNonNull(sums).of(moved.host());
    Holdings.Step step = Objects.requireNonNull(holdings).moved(moved);
    boolean same = !step.changed() && !HostSums.differs(moved.before(), moved.after());
    HostSums after = before != null && same ? before : sum(before, moved);
    Objects.requireNonNull(watch).moved(moved, step, after);
  }

  private HostSums sum(@Nullable HostSums before, HostInput.DeviceMoved moved) {
    HostSums known = before == null ? HostSums.NONE : before;
    HostSums after = known.moved(moved.before(), moved.after(), moved.position());
    Objects.requireNonNull(sums).put(moved.host(), after);
    unpublished.add(moved.host());
    return after;
  }

  private HostSums sumsOf(String host) {
    return Objects.requireNonNull(Objects.requireNonNull(sums).of(host));
  }

  private void publish(PressurePublisher publisher) {
    for (String host : unpublished) {
      publisher.publish(host, sumsOf(host));
    }
    unpublished.clear();
  }
}
