package dev.irqledger.simulation;

import dev.irqledger.simulation.fate.Chance;
import dev.irqledger.simulation.fate.Fate;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.VirtualTime;
import dev.irqledger.simulation.host.SimulatedHost;
import dev.irqledger.simulation.host.Surroundings;
import dev.irqledger.simulation.log.SimulatedLog;
import dev.irqledger.simulation.service.SimulatedService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hosts, log and service of one run, and the steps that they make. */
final class World implements AutoCloseable {
  private static final int PARTITIONS = 2;

  /** So many steps are made at most within one that waits. */
  private static final int DEEPEST = 3;

  /** One run in so many has a kernel that breaks rules. */
  private static final int BREAKS_ONE_IN = 3;

  private final long seed;
  private final Fate fate;
  private final VirtualTime time = new VirtualTime();
  private final SimulatedLog events;
  private final SimulatedLog commands;
  private final Witness witness = new Witness();
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private final SimulatedService service;
  private final Requests requests;
  private final Deque<Integer> coming = new ArrayDeque<>();
  private final boolean breaks;
  private final @Nullable Consumer<String> teller;
  private int depth;
  private int made;
  private int latest = -1;
  private int told;

  /**
   * @param folder for the journals
   * @param off faults that never strike
   * @param teller is told in a line each what happens; null for nobody
   */
  World(long seed, Path folder, Set<Fault> off, @Nullable Consumer<String> teller) {
    this.seed = seed;
    this.fate = new Fate(new Chance(seed, -1), off);
    this.events = new SimulatedLog(fate, time, PARTITIONS);
    this.commands = new SimulatedLog(new Fate(new Chance(seed, -1), off), time, PARTITIONS);
    this.teller = teller;
    events.onAppend(row -> {
      if (teller != null) {
        teller.accept(words(row));
      }
      told = 31 * told + Arrays.hashCode(row.value());
      witness.appended(row);
    });
    this.breaks = fate.chance().oneIn(BREAKS_ONE_IN);
    Surroundings around =
        new Surroundings(fate, time, events, commands, witness, this::meanwhile, folder);
    int count = 1 + fate.chance().below(3);
    for (int i = 0; i < count; i++) {
      hosts.add(new SimulatedHost("hv-" + i, around));
    }
    this.service = new SimulatedService(events, fate, time);
    this.requests = new Requests(commands, fate, time, witness);
  }

  private String words(SimulatedLog.Row row) {
    String event = witness.event(row).toString().replaceAll("IrqIndexInfo\\[[^\\]]*\\]", "");
    String again = row.again() ? "again " : "";
    return "  log %d@%d %s%s".formatted(row.partition(), row.offset(), again, event);
  }

  /** Makes the steps with these numbers. */
  void run(List<Integer> steps) {
    coming.addAll(steps);
    while (!coming.isEmpty()) {
      step(coming.remove());
    }
    latest = -1;
  }

  /** The step that is being made; -1 where none is. */
  int latest() {
    return latest;
  }

  int made() {
    return made;
  }

  /** A number that stands for all that was appended to the log. */
  int told() {
    return told;
  }

  Map<Fault, Integer> counts() {
    return fate.counts();
  }

  /** Somebody waits: others go on. */
  private void meanwhile() {
    if (depth < DEEPEST && !coming.isEmpty() && fate.chance().oneIn(3)) {
      step(coming.remove());
    }
  }

  private void step(int number) {
    Chance outer = fate.during(new Chance(seed, number));
    depth++;
    latest = number;
    try {
      time.pass(Duration.ofMillis(fate.chance().below(40)));
      SimulatedHost host = fate.chance().oneOf(hosts);
      Map<Fault, Integer> before = teller == null ? Map.of() : Map.copyOf(fate.counts());
      act(host);
      if (teller != null) {
        teller.accept(words(number, host, before));
      }
      checkCheaply();
      made++;
    } finally {
      depth--;
      var _ = fate.during(outer);
    }
  }

  private String words(int number, SimulatedHost host, Map<Fault, Integer> before) {
    List<Fault> struck =
        fate.counts().entrySet().stream()
            .filter(count -> !count.getValue().equals(before.get(count.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    return "step %d of %s: %s %s".formatted(number, host.name(), host.told(), struck);
  }

  private void act(SimulatedHost host) {
    int dice = fate.chance().below(1000);
    if (dice < 330) {
      host.operate(breaks);
    } else if (dice < 480) {
      var _ = host.drain();
    } else if (dice < 620) {
      service.fold(partition(), 1 + fate.chance().below(12));
    } else if (dice < 670) {
      service.commit(partition());
    } else if (dice < 700) {
      service.punctuate(partition());
    } else if (dice < 740) {
      requests.ask(host);
    } else if (dice < 800) {
      host.poll();
    } else if (dice < 860) {
      host.monitorActs();
    } else if (dice < 890) {
      host.watch();
    } else {
      fault(host, dice - 890);
    }
  }

  private void fault(SimulatedHost host, int dice) {
    Chance chance = fate.chance();
    if (dice < 20) {
      time.pass(Duration.ofSeconds(chance.below(120)));
    } else if (dice < 32) {
      host.fillDisk(fate.strikes(Fault.DISK_FULL, 3));
    } else if (dice < 44 && fate.strikes(Fault.BROKER_AWAY, 1)) {
      events.loseBroker(partition(), Duration.ofSeconds(1 + chance.below(40)));
    } else if (dice < 54 && fate.strikes(Fault.CLOCK_FORWARD, 1)) {
      host.jump(Duration.ofSeconds(1 + chance.below(100_000)), Fault.CLOCK_FORWARD);
    } else if (dice < 64 && fate.strikes(Fault.CLOCK_BACK, 1)) {
      host.jump(Duration.ofSeconds(-1 - chance.below(100_000)), Fault.CLOCK_BACK);
    } else if (dice < 72) {
      host.killAgent();
    } else if (dice < 78) {
      host.reboot();
    } else if (dice < 81) {
      host.split();
    } else if (dice < 85) {
      host.endZombies();
    } else if (dice < 98 && fate.strikes(Fault.SERVICE_CRASH, 1)) {
      service.crash(partition());
    } else {
      events.landStraggler();
    }
  }

  private int partition() {
    return fate.chance().below(PARTITIONS);
  }

  /** What must be true after each step, and costs next to nothing to look at. */
  private void checkCheaply() {
    for (SimulatedHost host : hosts) {
      if (host.agentAlive() && witness.owed(host.name()) > host.backlog()) {
        throw new Broken(
            "what was answered is in the log or in the journal",
            host.name()
                + " owes "
                + witness.owed(host.name())
                + " events and has "
                + host.backlog());
      }
    }
  }

  /** No fault strikes any more, and everybody does what is left to do. */
  void settle() {
    fate.calmDown();
    events.mend();
    while (events.stragglers() > 0) {
      events.landStraggler();
    }
    for (SimulatedHost host : hosts) {
      host.endZombies();
      host.fillDisk(false);
      time.pass(Duration.ofSeconds(2));
      host.startAgent();
      for (int i = 0; i < 2; i++) {
        host.poll();
        requests.pollAll(host);
        host.watch();
      }
      drain(host);
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      service.fold(partition, Integer.MAX_VALUE);
      time.pass(Duration.ofSeconds(1));
      service.punctuate(partition);
      service.commit(partition);
    }
  }

  private static void drain(SimulatedHost host) {
    for (int i = 0; host.backlog() > 0; i++) {
      if (i > 1000) {
        throw new Broken("the journal is drained", host.name() + " keeps " + host.backlog());
      }
      var _ = host.drain();
    }
  }

  /** What must be true once everything is delivered. */
  void check() {
    new Settled(hosts, events, service, witness, requests).check();
  }

  @Override
  public void close() {
    hosts.forEach(SimulatedHost::clear);
  }
}
