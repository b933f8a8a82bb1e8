package dev.irqledger.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irqledger.agent.act.OpLine;
import dev.irqledger.agent.budget.HostPolicy;
import dev.irqledger.agent.host.Bindings;
import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Recovered;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.ledger.HostLedger;
import dev.irqledger.agent.ledger.HostLedger.Holding;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.publish.Drainer;
import dev.irqledger.agent.publish.HostLog;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.reconcile.Reconciled;
import dev.irqledger.agent.reconcile.Reconciler;
import dev.irqledger.agent.reconcile.Stillness;
import dev.irqledger.agent.socket.AgentSocket;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.status.Shortage;
import dev.irqledger.agent.status.Sight;
import dev.irqledger.agent.status.SignOfLife;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.recordings.Op;
import dev.irqledger.wire.Quarantine;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.BlindInterval;
import dev.irqledger.wire.avro.Quarantined;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.topic.PolicyFollower;
import dev.irqledger.wire.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The one agent of a host: it holds the host's journal, numbers all events of the host, acts, and
 * brings everything to the log.
 */
public final class HostAgent implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Setup setup;
  private final HostBackend backend;
  private final Recovered before;
  private final Instant beganAt;
  private final Journal journal;
  private final HostLedger ledger;
  private final HostPolicy policy;
  private final Agent agent;
  private final HostLog log;
  private final Drainer drainer;
  private final Bindings bindings;
  private volatile Stillness stillness = this::lookBetweenOperations;
  private final WireCodec<Quarantined> quarantined =
      new WireCodec<>(Quarantined.class, SchemaCatalog.releasedOnly());
  private final WireCodec<AgentStatus> statuses =
      new WireCodec<>(AgentStatus.class, SchemaCatalog.releasedOnly());

  /**
   * How an agent is to be.
   *
   * @param host the host's name in the log
   * @param folder where the host's journal is
   * @param sync whether the journal waits for the disk
   * @param cluster where the log is
   * @param partitions how many partitions the topics of a new cluster get
   * @param leastEpoch the epoch is this or greater
   * @param clock the host's clock
   * @param signer signs the events on their way to the log
   */
  public record Setup(
      String host,
      Path folder,
      Sync sync,
      Cluster cluster,
      int partitions,
      long leastEpoch,
      InstantSource clock,
      EventSigner signer) {
    /** One that signs nothing. */
    public Setup(
        String host,
        Path folder,
        Sync sync,
        Cluster cluster,
        int partitions,
        long leastEpoch,
        InstantSource clock) {
      this(host, folder, sync, cluster, partitions, leastEpoch, clock, EventSigner.none());
    }
  }

  private HostAgent(
      Setup setup,
      HostBackend backend,
      Journal journal,
      Recovered before,
      HostLedger ledger,
      HostLog log,
      AgentPlatform platform) {
    this.setup = setup;
    this.before = before;
    this.beganAt = setup.clock().instant();
    this.log = log;
    this.backend = backend;
    this.journal = journal;
    this.ledger = ledger;
    this.drainer = platform.drainer().apply(journal, log);
    ledger.listen(recorded -> {
      var _ = recorded.durable().thenRun(drainer::wake);
    });
    this.bindings = new Bindings(backend.binding(), journal);
    this.policy = new HostPolicy(setup.host(), journal);
    this.agent =
        new Agent(
            backend.vfio(),
            backend::devices,
            ledger,
            backend::explain,
            policy::now,
            platform.nanoTime());
  }

  /**
   * Begins a new epoch: the journal's lock is taken, and how the epoch before ended is taken down.
   *
   * @param backend not closed with this
   * @throws dev.irqledger.agent.journal.JournalException if the journal cannot be used, such as
   *     when another agent holds it
   */
  public static HostAgent start(Setup setup, HostBackend backend) {
    return start(setup, backend, AgentPlatform.REAL);
  }

  /** As {@link #start(Setup, HostBackend)}, on that ground. */
  public static HostAgent start(Setup setup, HostBackend backend, AgentPlatform platform) {
    Journal journal = Journal.open(setup.folder(), setup.host(), setup.sync(), platform.journal());
    try {
      Recovered before = journal.recovered();
      String bootId = backend.vfio().bootId();
      long epoch = journal.beginEpoch(setup.leastEpoch());
      Incarnation self = Incarnation.of(setup.host(), bootId, epoch);
      HostLedger ledger =
          new HostLedger(self, journal, before.knownHeads(), setup.clock(), platform.random());
      new Recovery(before, ledger).takeDown();
      HostLog log =
          new HostLog(
              setup.cluster(), setup.partitions(), journal, setup.signer(), before.clusterId());
      HostAgent agent = new HostAgent(setup, backend, journal, before, ledger, log, platform);
      agent.bindings.putBackLeft(before.bound());
      return agent;
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  public Incarnation self() {
    return ledger.self();
  }

  public Agent agent() {
    return agent;
  }

  public HostLedger ledger() {
    return ledger;
  }

  public Journal journal() {
    return journal;
  }

  public Drainer drainer() {
    return drainer;
  }

  /** Where the host's journal is. */
  public Path folder() {
    return setup.folder();
  }

  /** How long it waits for a broker. */
  public Duration patience() {
    return setup.cluster().patience();
  }

  /** The devices that it took from their drivers. */
  public Bindings bindings() {
    return bindings;
  }

  public HostLog log() {
    return log;
  }

  /**
   * Begins to follow the host's policy. While no broker answers, and for an agent that never does
   * this, the last known one holds.
   *
   * @param most how long to wait for the policy as it is now
   * @return false if it could not be read in that time
   */
  public boolean followPolicy(Duration most) throws InterruptedException {
    return policy.follow(
        (wanted, known, sink) ->
            PolicyFollower.of(
                setup.cluster().bootstrap(), setup.cluster().kafka(), wanted, known, sink),
        most);
  }

  /** Lets the other agent commands of the host ask this one. */
  public AgentSocket listen() throws IOException {
    return AgentSocket.listen(setup.folder(), replies -> new ServedSession(this, replies));
  }

  /** Of which devices the epochs before said, at their end, that somebody has them. */
  public Set<Bdf> heldBefore() {
    return before.held();
  }

  /** When no agent saw the host, between the epoch before and this one. */
  public List<BlindInterval> blindBefore() {
    Instant seen = before.aliveAt();
    return seen == null || !seen.isBefore(beganAt)
        ? List.of()
        : List.of(
            new BlindInterval(
                seen.truncatedTo(ChronoUnit.MICROS),
                beganAt.truncatedTo(ChronoUnit.MICROS),
                "no agent ran"));
  }

  /**
   * Compares the ledger with the kernel, once the log has everything that the journal holds. Where
   * they differ, what the kernel shows is taken down, so that they agree afterwards.
   *
   * @param only null for every device
   * @throws PublishException if the log cannot be read, or does not take the journal's events
   */
  public Reconciled reconcile(@Nullable Bdf only) {
    return new Reconciler(ledger, drainer, log, stillness).reconcile(backend.devices(), only);
  }

  /** Says who knows when nobody works on a device, where the host is watched. */
  void watchedBy(Stillness watch) {
    stillness = watch;
  }

  /** Looks at a device between two of the agent's own operations; of others nothing is known. */
  boolean lookBetweenOperations(Bdf device, Consumer<? super KernelView> work) {
    agent.betweenOperations(device, () -> work.accept(backend.shown(device)));
    return true;
  }

  /** Gives a sign of life. While no broker answers there is none. */
  public void beat(Sight sight) {
    AgentStatus status =
        SignOfLife.of(
            self(), backend.resources(), sight, journal.backlog(), setup.clock().instant());
    var _ =
        drainer.sendUnjournalled(
            new ProducerRecord<>(
                Topic.AGENT_STATUS.topicName(), self().host(), statuses.encode(status)));
  }

  /**
   * Sets a record aside that nobody can make sense of.
   *
   * @return false while no broker answers
   */
  public boolean setAside(ConsumerRecord<byte[], byte[]> bad, String reason) {
    byte[] key = bad.key();
    Quarantined value =
        Quarantine.of(bad.topic(), bad.partition(), bad.offset(), reason, key, bad.value());
    String text = key == null ? null : new String(key, StandardCharsets.UTF_8);
    return drainer.sendUnjournalled(
        new ProducerRecord<>(Topic.QUARANTINE.topicName(), text, quarantined.encode(value)));
  }

  /** Why it does not act on that device: the cause and the remedy, on one line. */
  String whyNot(Bdf device) {
    return backend.whyNot(device);
  }

  /** What an operation came to, for the one who asked. */
  public Reply reply(Op op, Recorded recorded) {
    EventBody body = recorded.event().body();
    if (body instanceof CommandRefused(String reason)) {
      return new Reply.Refused(recorded.event().id(), reason);
    }
    Map<Integer, Long> signalled = agent.signalled(recorded.event().device().bdf());
    String text = OpLine.of(op, body, signalled);
    Pool pool = Pool.exhaustedAt(body);
    if (pool != null) {
      text += " (" + Shortage.tell(pool, body, ledger.holdings(), backend.resources()) + ")";
    }
    return new Reply.Performed(
        recorded.event().id(),
        OpLine.resultOf(body),
        text,
        recorded.folded().violations().stream().map(HostAgent::finding).toList());
  }

  /** How it is, for people and programs. */
  public ObjectNode status() {
    ObjectNode status = JSON.createObjectNode();
    status.put("host", self().host());
    status.put("pid", self().actor().pid());
    status.put("epoch", self().epoch());
    status.put("bootId", self().bootId());
    status.put("backlog", journal.backlog());
    PublishException failure = drainer.failure();
    status.put("log", failure == null ? "connected" : failure.getMessage());
    ObjectNode devices = status.putObject("devices");
    ledger.holdings().forEach((bdf, holding) -> devices.set(bdf.text(), device(holding)));
    return status;
  }

  private static ObjectNode device(Holding holding) {
    VectorCounts counts = holding.state().counts();
    ObjectNode device = JSON.createObjectNode();
    device.put("mode", holding.state().interrupts().mode().name());
    device.put("armed", counts.armed());
    device.put("cached", counts.cached());
    device.put("reserved", counts.reserved());
    device.put("uncertain", holding.state().uncertain());
    device.put("vm", holding.holder().vm());
    device.put("pid", holding.holder().pid());
    device.put("command", holding.holder().command());
    return device;
  }

  /**
   * Waits until the log has everything that happened so far.
   *
   * @return false if it has not after that time
   */
  public boolean awaitDrained(Duration patience) throws InterruptedException {
    return drainer.awaitDrained(patience);
  }

  /**
   * Closes every device that it holds, and gives those back that it took from their drivers.
   *
   * @throws dev.irqledger.agent.journal.JournalException if the journal does not take that; closed
   *     and given back they are all the same, and the next agent takes it down
   */
  public void giveBackAll() {
    try {
      agent.releaseAll();
    } finally {
      agent.close(); // a driver takes a device only when nobody has it open
      bindings.putBackAll();
    }
  }

  /** Closes the devices that it holds without an event, and the journal with what it still has. */
  @Override
  public void close() {
    agent.close();
    policy.close();
    drainer.close();
    journal.close();
  }

  private static String finding(Violation violation) {
    return violation.rule()
        + ": expected "
        + violation.expected()
        + ", reported "
        + violation.reported();
  }
}
