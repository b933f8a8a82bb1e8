package dev.irqledger.agent;

import dev.irqledger.agent.command.CommandLoop;
import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.publish.HostLog;
import dev.irqledger.agent.socket.AgentSocket;
import dev.irqledger.agent.status.Sight;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host's agent as it serves: requests from the log and from the socket, and signs of life. */
public final class ServingAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServingAgent.class);

  /** How often a sign of life is given. */
  private static final int HEARTBEAT_SECONDS = 10;

  private static final int POLL_MS = 100;

  private final HostAgent agent;
  private final Supplier<Sight> sight;
  private final InstantSource clock;
  private final AgentSocket socket;
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable CommandLoop loop;

  private ServingAgent(
      HostAgent agent, Supplier<Sight> sight, InstantSource clock, AgentSocket socket) {
    this.agent = agent;
    this.sight = sight;
    this.clock = clock;
    this.socket = socket;
  }

  /**
   * Begins to serve; requests from the log come with {@link #run}.
   *
   * @param sight what is seen of other processes now
   * @throws IOException if there can be no socket
   */
  public static ServingAgent start(HostAgent agent, Supplier<Sight> sight, InstantSource clock)
      throws IOException {
    ServingAgent serving = new ServingAgent(agent, sight, clock, agent.listen());
    var _ =
        serving.heartbeats.scheduleWithFixedDelay(
            serving::beat, 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    return serving;
  }

  /**
   * Takes requests from the log until it is told to stop.
   *
   * @throws JournalException if the journal takes nothing further
   */
  public void run() throws InterruptedException {
    HostLog log = agent.log();
    while (log.partitions() == 0) {
      if (stop.await(POLL_MS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    try (CommandLoop requests =
        CommandLoop.connect(
            log.cluster(),
            log.partitions(),
            agent.agent(),
            agent.journal()::commandTaken,
            agent::setAside,
            clock)) {
      loop = requests;
      if (stop.getCount() > 0) {
        requests.run();
      }
    }
  }

  /** Takes no requests from the log, and returns when it is told to stop. */
  public void idle() throws InterruptedException {
    stop.await();
  }

  /** Lets {@link #run} return. */
  public void stop() {
    stop.countDown();
    CommandLoop running = loop;
    if (running != null) {
      running.stop();
    }
  }

  /**
   * Takes no further request, closes every device that the agent holds, and gives a last sign of
   * life: what the log says of the host's capacity is as late as its events.
   *
   * @throws JournalException if the journal does not take what the agent closes
   */
  @Override
  public void close() {
    stop();
    socket.close();
    try {
      agent.giveBackAll();
    } finally {
      heartbeats.close(); // waits for the one that is being given
    }
    beat();
  }

  private void beat() {
    try {
      agent.journal().write(new Entry.Alive(clock.instant()));
      agent.beat(sight.get());
    } catch (JournalException e) {
      stop(); // whoever acts next is told why
    } catch (RuntimeException e) {
      LOG.warn("no sign of life could be given", e);
    }
  }
}
