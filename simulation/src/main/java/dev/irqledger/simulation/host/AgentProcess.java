package dev.irqledger.simulation.host;

import dev.irqledger.agent.AgentPlatform;
import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.HostWatch;
import dev.irqledger.agent.command.CommandLoop;
import dev.irqledger.agent.host.ModelledBackend;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.journal.JournalPlatform;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.observe.Actors;
import dev.irqledger.agent.observe.HostClock;
import dev.irqledger.agent.observe.ObservedHost;
import dev.irqledger.agent.observe.Observer;
import dev.irqledger.agent.observe.ProbeUnavailable;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.Drainer;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.vfio.ModelledVfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.simulation.fate.Fault;
import dev.irqledger.simulation.fate.Life;
import dev.irqledger.simulation.fate.Life.Work;
import dev.irqledger.simulation.log.SimulatedProducer;
import dev.irqledger.simulation.log.SimulatedRequests;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** The real agent, from its start to its death, on what the simulation gives it to stand on. */
final class AgentProcess {
  /** How often the agent looks at the devices of others. */
  static final Duration LOOKS = Duration.ofSeconds(5);

  private static final Cluster NO_CLUSTER = new Cluster("unused:1", Duration.ofSeconds(1));

  private final SimulatedHost host;
  private final Surroundings around;
  private final ModelledVfio process;
  private final Life life;
  private final SimulatedDisk disk;
  private final SimulatedKernel kernel;
  private final List<SimulatedProducer> producers = new ArrayList<>();
  private @Nullable HostAgent agent;
  private @Nullable CommandLoop requests;
  private @Nullable Observer observer;
  private boolean placed;
  private boolean draining;
  private boolean zombie;

  AgentProcess(SimulatedHost host, Surroundings around, Path folder) {
    this.host = host;
    this.around = around;
    this.process = host.kernel().startProcess();
    this.life = new Life(around.fate(), this::closedByKernel);
    this.disk = new SimulatedDisk(folder, life, around.fate());
    this.kernel = new SimulatedKernel(process, life);
    disk.full(host.diskFull());
  }

  private void closedByKernel() {
    process.close();
    producers.forEach(SimulatedProducer::abandon);
  }

  boolean dead() {
    return life.dead();
  }

  boolean draining() {
    return draining;
  }

  boolean zombie() {
    return zombie;
  }

  void becomeZombie() {
    zombie = true;
  }

  SimulatedDisk disk() {
    return disk;
  }

  HostAgent agent() {
    if (agent == null) {
      throw new AssertionError("the agent has not started");
    }
    return agent;
  }

  /** Begins its epoch. It may die on the way. */
  void start(int diesIn) {
    life.during(
        Work.TAKING_OVER,
        diesIn,
        () -> {
          HostAgent.Setup setup =
              new HostAgent.Setup(
                  host.name(),
                  disk.folder(),
                  Sync.FULL,
                  NO_CLUSTER,
                  around.events().partitions(),
                  1,
                  host.clock());
          try {
            agent = HostAgent.start(setup, new ModelledBackend(host.kernel(), kernel), platform());
            requests = requests(agent);
            observer = observer(agent);
          } catch (JournalException e) {
            if (!host.diskFull()) {
              throw e;
            }
            end(); // where not even a journal can be made, no agent begins
          }
        });
  }

  private AgentPlatform platform() {
    JournalPlatform journal =
        new JournalPlatform(false, disk, _ -> disk, host.clock(), around.time()::nanos);
    return new AgentPlatform(
        journal,
        (of, _) -> Drainer.stepped(of, new Connection()),
        around.fate().chance()::bits,
        around.time()::nanos);
  }

  private CommandLoop requests(HostAgent of) {
    TopicPartition partition = new TopicPartition(Topic.COMMANDS.topicName(), host.partition());
    return new CommandLoop(
        new SimulatedRequests(around.commands(), partition, host.group(), life, around.fate()),
        partition,
        SchemaCatalog.releasedOnly(),
        of.agent(),
        of.journal()::commandTaken,
        (_, _) -> true,
        host.clock());
  }

  private Observer observer(HostAgent of) {
    ObservedHost observed =
        new ObservedHost(
            host::devices,
            of.heldBefore(),
            device -> new ModelledBackend(host.kernel(), kernel).shown(device),
            of.ledger()::state,
            of.agent()::holds,
            _ -> false,
            new Actors(Path.of("/nonexistent")),
            new HostClock(new WallClock(host.clock()), around.time()::nanos));
    return Observer.lookingOnly(
        new ProbeUnavailable("this is a simulation", "none"), observed, LOOKS, HostWatch.sink(of));
  }

  /** How the agent meets the log. */
  private final class Connection implements Drainer.Log {
    @Override
    public SimulatedProducer connect() {
      if (around.events().away(host.partition()) && around.fate().chance().oneIn(2)) {
        throw new PublishException(PublishException.Kind.UNREACHABLE, "no broker answers");
      }
      SimulatedProducer producer =
          new SimulatedProducer(
              around.events(), life, around.fate(), around.time(), around.meanwhile());
      producers.add(producer);
      return producer;
    }

    @Override
    public PublishException failure(String doing, Throwable cause) {
      return new PublishException(PublishException.Kind.REFUSED, doing + ": " + cause, cause);
    }
  }

  /** A user of the agent asks for an operation; what it answers is true from then on. */
  void perform(Bdf device, String op, @Nullable Breach breach, int diesIn) {
    kernel.plan(breach);
    long calls = kernel.calls();
    boolean[] answered = {false};
    life.during(
        Work.OPERATION,
        diesIn,
        () -> {
          try {
            Recorded recorded = agent().agent().perform(device, OpScript.parse(op));
            answered[0] = true;
            around.account().answered(host.name(), recorded.event(), zombie);
            planted(recorded);
          } catch (JournalException e) {
            notAnswered(e, calls);
          }
        });
    if (!answered[0] && kernel.broken() != null) {
      around.account().perhapsPlanted(host.name(), device);
    }
    kernel.plan(null);
  }

  private void planted(Recorded recorded) {
    Rule broken = kernel.broken();
    if (broken != null) {
      around.fate().count(Fault.BREACH);
      around.account().planted(recorded.event(), broken);
    }
  }

  private void notAnswered(JournalException e, long calls) {
    if (e.kind() != JournalException.Kind.FULL) {
      throw new AssertionError("the journal broke: " + e.getMessage(), e);
    }
    if (kernel.calls() != calls) {
      throw new AssertionError("a call was made whose intent the journal did not take");
    }
  }

  /** Deals with requests from the log. */
  void poll(int diesIn) {
    life.during(
        Work.OPERATION,
        diesIn,
        () -> {
          CommandLoop loop = requests;
          try {
            if (loop != null && !placed) {
              loop.start();
              placed = true;
            } else if (loop != null) {
              var _ = loop.poll(Duration.ZERO);
            }
          } catch (RetriableException e) {
            // as its own loop does: another time
          }
        });
  }

  /** Brings a batch to the log; true where it did. */
  boolean drain(int diesIn) {
    if (draining) {
      return false; // it waits for acknowledgements, further out
    }
    draining = true;
    boolean[] delivered = {false};
    try {
      life.during(
          Work.DRAINING,
          diesIn,
          () -> {
            Drainer.Attempt attempt = agent().drainer().attempt();
            delivered[0] = attempt.found() == Drainer.Found.DELIVERED;
            if (attempt.found() == Drainer.Found.FAILURE) {
              around.time().pass(attempt.pause());
            }
          });
    } finally {
      draining = false;
    }
    if (delivered[0] && around.fate().strikes(Fault.KILLED_AFTER_TRIM, 40)) {
      life.die(Fault.KILLED_AFTER_TRIM);
    }
    return delivered[0];
  }

  /** Looks at the devices that others may have, if it is time. */
  void watch(int diesIn) {
    life.during(
        Work.WATCHING,
        diesIn,
        () -> {
          if (observer != null) {
            observer.step();
          }
        });
  }

  void die(Fault how) {
    life.die(how);
  }

  /** The host takes it with it. */
  void end() {
    life.end();
    process.close();
    producers.forEach(SimulatedProducer::abandon);
  }

  /** Once nothing of it runs any more: frees what it held in this JVM. */
  void clear() {
    life.end();
    life.bury();
    if (agent != null) {
      agent.journal().close();
    }
    disk.clear();
  }

  /** A clock of java.time over the host's. */
  private static final class WallClock extends java.time.Clock {
    private final InstantSource source;

    WallClock(InstantSource source) {
      this.source = source;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return source.instant();
    }
  }

  /** Which devices it has open. */
  boolean holds(Bdf device) {
    return agent != null && agent.agent().holds(device);
  }

  Set<Bdf> devices() {
    return agent().agent().devices();
  }
}
