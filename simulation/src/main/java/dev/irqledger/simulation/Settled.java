package dev.irqledger.simulation;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Drift;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.simulation.host.SimulatedHost;
import dev.irqledger.simulation.log.SimulatedLog;
import dev.irqledger.simulation.service.SimulatedService;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.Findings;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.ViolationKind;
import dev.irqledger.wire.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What must be true once all is delivered and folded. */
final class Settled {
  private final List<SimulatedHost> hosts;
  private final SimulatedLog events;
  private final SimulatedService service;
  private final Witness witness;
  private final Requests requests;
  private final Map<DeviceKey, FoldedState> states = new TreeMap<>();
  private final List<Violation> found = new ArrayList<>();

  /** The same log, folded by nothing but the fold. */
  private final Map<DeviceKey, FoldedState> plain = new TreeMap<>();

  private final List<Violation> plainlyFound = new ArrayList<>();

  /** Devices that show what a breach left. */
  private final Set<DeviceKey> shadowed = new HashSet<>();

  /** Violations that a breach has brought. */
  private final Set<UUID> explained = new HashSet<>();

  Settled(
      List<SimulatedHost> hosts,
      SimulatedLog events,
      SimulatedService service,
      Witness witness,
      Requests requests) {
    this.hosts = hosts;
    this.events = events;
    this.service = service;
    this.witness = witness;
    this.requests = requests;
  }

  void check() {
    nothingIsLost();
    service.states(folded -> states.put(folded.state().key(), folded));
    readFindings();
    foldPlainly();
    nothingIsFoldedTwice();
    chainsAreWhole();
    deathsReleaseOnlyWhatWasHeld();
    breachesAreFound();
    nothingElseIsFound();
    ledgerIsTheKernel();
    statesArePublished();
    requests.check();
  }

  private void nothingIsLost() {
    if (!witness.owed().isEmpty()) {
      throw new Broken("no event that was answered is lost", witness.owed().toString());
    }
    if (!service.caughtUp()) {
      throw new Broken("the whole log is folded", "some of it is not");
    }
  }

  private void readFindings() {
    WireCodec<dev.irqledger.wire.avro.Violation> codec =
        new WireCodec<>(dev.irqledger.wire.avro.Violation.class, SchemaCatalog.releasedOnly());
    for (byte[] value : service.results(Topic.VIOLATIONS)) {
      dev.irqledger.wire.avro.Violation finding = value(codec.decode(value));
      if (finding.getKind() != ViolationKind.POLICY) { // what clocks and policies object to
        found.add(value(Findings.violation(finding)));
      }
    }
    if (!service.results(Topic.QUARANTINE).isEmpty()) {
      throw new Broken("what an agent writes can be read", "some of it is in quarantine");
    }
  }

  private static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Value<T>(T value) -> value;
      case Decoded.Undecodable<T>(String reason) ->
          throw new Broken("what the service writes can be read", reason);
    };
  }

  private void foldPlainly() {
    for (int partition = 0; partition < events.partitions(); partition++) {
      for (SimulatedLog.Row row : events.rows(partition)) {
        InterruptEvent event = witness.event(row);
        FoldedState before = plain.get(event.device());
        DeviceState from = before == null ? DeviceState.unseen(event.device()) : before.state();
        Folded folded = Ledger.fold(from, event);
        LogPosition at = new LogPosition(partition, row.offset(), row.logTimeMs());
        plain.put(event.device(), new FoldedState(folded.state(), at));
        plainlyFound.addAll(folded.violations());
        shadow(event, folded.violations());
      }
    }
  }

  /** From a breach until the device is opened again, its facts are not those of the kernel. */
  private void shadow(InterruptEvent event, List<Violation> violations) {
    if (event.body() instanceof DeviceOpened) {
      shadowed.remove(event.device());
    }
    if (witness.planted().containsKey(event.id())) {
      shadowed.add(event.device());
    }
    if (shadowed.contains(event.device())) {
      violations.forEach(violation -> explained.add(violation.id()));
    }
  }

  private void nothingIsFoldedTwice() {
    if (!states.equals(plain)) {
      plain.forEach((device, state) -> {
        if (!state.equals(states.get(device))) {
          throw new Broken(
              "the service's states are those of the plain fold",
              device + " is " + states.get(device) + " and not " + state);
        }
      });
      throw new Broken(
          "the service has the log's devices and no other", states.keySet().toString());
    }
    Map<UUID, Integer> times = new HashMap<>();
    found.forEach(violation -> times.merge(violation.id(), 1, Integer::sum));
    plainlyFound.forEach(violation -> times.merge(violation.id(), -1, Integer::sum));
    times.forEach((id, difference) -> {
      if (difference != 0 && !isBetweenDevices(id)) {
        throw new Broken("each finding is told once", "finding " + id + ": " + difference);
      }
    });
    plain.forEach((device, state) -> {
      long applied = state.state().tally().events();
      int told = witness.histories().getOrDefault(device, List.of()).size();
      if (applied > told || (applied < told && !witness.isSplit(device.host()))) {
        throw new Broken(
            "each event is folded once", device + ": " + applied + " of " + told + " events");
      }
    });
  }

  /** What two devices share, no fold of one of them can find. */
  private boolean isBetweenDevices(UUID id) {
    return found.stream().anyMatch(v -> v.id().equals(id) && v.rule() == Rule.IRQ_UNIQUE_ON_HOST);
  }

  private void chainsAreWhole() {
    witness
        .histories()
        .forEach((device, history) -> {
          if (witness.isSplit(device.host())) {
            return;
          }
          EventHash last = EventHash.NONE;
          long epoch = 0;
          long sequence = 0;
          for (InterruptEvent event : history) {
            boolean follows =
                event.epoch() == epoch
                    ? event.sequence() == sequence + 1
                    : event.epoch() > epoch && event.sequence() == 1;
            if (!follows || !event.previousHash().equals(last)) {
              throw new Broken(
                  "the chain is whole",
                  device
                      + ": epoch "
                      + event.epoch()
                      + " sequence "
                      + event.sequence()
                      + " after epoch "
                      + epoch
                      + " sequence "
                      + sequence);
            }
            last = event.hash();
            epoch = event.epoch();
            sequence = event.sequence();
          }
        });
  }

  /** What others have open, the death of an agent does not close. */
  private void deathsReleaseOnlyWhatWasHeld() {
    witness
        .histories()
        .forEach((device, history) -> {
          boolean others = false;
          boolean own = false;
          for (InterruptEvent event : history) {
            switch (event.body()) {
              case DeviceOpened _ -> {
                own = true;
                others = false;
              }
              case DeviceReleased(DeviceReleased.Cause cause, _) -> {
                if (cause == DeviceReleased.Cause.AGENT_DIED
                    && others
                    && !witness.isSplit(device.host())) {
                  throw new Broken("a death releases only what the agent had", event.toString());
                }
                own = false;
                others = false;
              }
              case StateObserved(KernelView view) -> others = !own && !view.allocated().isEmpty();
              case InterruptsSet _, DeviceReset _, CommandRefused _ -> {}
            }
          }
        });
  }

  private void breachesAreFound() {
    witness
        .planted()
        .forEach((id, rule) -> {
          boolean told = found.stream().anyMatch(v -> v.eventId().equals(id) && v.rule() == rule);
          if (witness.has(id) && !told) {
            List<Rule> others =
                found.stream().filter(v -> v.eventId().equals(id)).map(Violation::rule).toList();
            throw new Broken(
                "a breach of the kernel is found by its rule",
                rule + " is broken by event " + id + "; found: " + others);
          }
        });
  }

  private void nothingElseIsFound() {
    Set<EventHash> again = new HashSet<>();
    for (int partition = 0; partition < events.partitions(); partition++) {
      for (SimulatedLog.Row row : events.rows(partition)) {
        if (row.again()) {
          again.add(witness.event(row).hash());
        }
      }
    }
    for (Violation violation : found) {
      boolean expected =
          switch (violation.rule().kind()) {
            case KERNEL ->
                explained.contains(violation.id())
                    || witness.mayTellOfBreach(violation.device(), violation.eventId())
                    || follows(violation)
                    || isOfTwoHolders(violation);
            case LOG ->
                witness.isSplit(violation.device().host())
                    // what lands so late is past the window in which it is known again
                    || (violation.rule() == Rule.STALE_EPOCH
                        && again.contains(violation.eventHash()));
          };
      if (!expected) {
        throw new Broken("rules raise no false alarm", violation.toString());
      }
    }
  }

  /** An irq that the ledger took for freed or held, as a breach had it, may seem to be shared. */
  private boolean follows(Violation violation) {
    return violation.rule() == Rule.IRQ_UNIQUE_ON_HOST
        && witness.isBroken(violation.device().host());
  }

  /** One agent has the device open, as the ledger knows, and the other one has not. */
  private boolean isOfTwoHolders(Violation violation) {
    return witness.isSplit(violation.device().host())
        && violation.rule() == Rule.RESULT_MISMATCH
        && violation.reported().contains("EBADF");
  }

  private void ledgerIsTheKernel() {
    for (SimulatedHost host : hosts) {
      for (Bdf device : host.devices()) {
        DeviceKey key = new DeviceKey(host.name(), device);
        if (!shadowed.contains(key)) {
          compare(host, device, plain.get(key));
        }
      }
    }
  }

  private static void compare(
      SimulatedHost host, Bdf device, @org.jspecify.annotations.Nullable FoldedState folded) {
    DeviceKey key = new DeviceKey(host.name(), device);
    DeviceState state = folded == null ? DeviceState.unseen(key) : folded.state();
    KernelView shown = host.kernel().startProcess().look(device, 0, KernelView.MAX_VECTORS);
    List<String> drift = Drift.between(state, shown);
    if (!drift.isEmpty()) {
      throw new Broken("the ledger is the kernel", key + ": " + drift);
    }
    Interrupts kernel = host.kernel().interrupts(device);
    if (host.agentHolds(device) && !timeless(kernel).equals(timeless(state.interrupts()))) {
      throw new Broken(
          "of a device that the agent holds the ledger knows everything",
          key + ": " + timeless(state.interrupts()) + " and not " + timeless(kernel));
    }
  }

  /** Without the times, which calls and their events have each their own. */
  private static Interrupts timeless(Interrupts interrupts) {
    VectorMap vectors = VectorMap.EMPTY;
    VectorMap all = interrupts.vectors();
    for (int v = all.next(0); v >= 0; v = all.next(v + 1)) {
      VectorState is = all.get(v);
      if (is != null) {
        vectors =
            vectors.with(v, new VectorState(is.phase(), is.irq(), is.trigger(), is.dynamic(), 0));
      }
    }
    return interrupts.withVectors(vectors);
  }

  private void statesArePublished() {
    DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());
    Map<DeviceKey, FoldedState> latest = new TreeMap<>();
    for (byte[] value : service.results(Topic.DEVICE_STATE)) {
      FoldedState state = value(codec.decode(value));
      latest.put(state.state().key(), state);
    }
    if (!latest.equals(states)) {
      throw new Broken("the latest state of each device is published", latest.keySet().toString());
    }
  }
}
