package dev.irqledger.agent.guest;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.ServingAgent;
import dev.irqledger.agent.host.ModelledBackend;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.status.Sight;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.recordings.Op;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A modelled host full of guests, and its agent: each call of a guest goes through the agent's
 * journal to the log, and requests from the log are answered, as on a real host.
 */
public final class GuestHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuestHost.class);

  private final int number;
  private final Random random;
  private final List<Guest> guests = new ArrayList<>();
  private final ModelledBackend backend;
  private final HostAgent agent;
  private final ServingAgent serving;
  private final CountDownLatch stop = new CountDownLatch(1);
  private boolean takenDown;
  private final LongAdder operations = new LongAdder();

  /**
   * What the host is like.
   *
   * @param number of the host, from 1
   * @param guests how many guests it has, with a device each, 1 to 8,192
   * @param capacity what it has to give
   * @param kernel its kernel
   * @param seed the same seed gives the same calls
   */
  public record Plan(
      int number, int guests, HostCapacity capacity, KernelRelease kernel, long seed) {}

  /**
   * Begins a new epoch of its agent; the guests begin with {@link #run}.
   *
   * @throws IOException if its socket cannot be made
   * @throws JournalException if its journal cannot be used
   */
  public GuestHost(Plan plan, HostAgent.Setup setup) throws IOException {
    this.number = plan.number();
    this.random = new Random(plan.seed());
    ModelledHost host =
        new ModelledHost(setup.host(), plan.kernel(), plan.capacity(), setup.clock());
    for (int i = 0; i < plan.guests(); i++) {
      host.add(Guest.slot(i), DevicePreset.NVME);
      guests.add(Guest.any(random));
    }
    this.backend = new ModelledBackend(host);
    this.agent = HostAgent.start(setup, backend);
    this.serving = ServingAgent.start(agent, () -> Sight.OWN_CALLS, setup.clock());
  }

  public HostAgent agent() {
    return agent;
  }

  /** How many calls its guests have made. */
  public long operations() {
    return operations.sum();
  }

  /**
   * Lets the guests make their calls until it is told to stop; then what they have is closed, and
   * that taken down too.
   *
   * @param mean how long it is from one call to the next on this host, on average
   * @throws JournalException if the journal takes nothing further
   */
  public void run(Duration mean) throws InterruptedException {
    CompletableFuture<Void> requests =
        CompletableFuture.runAsync(this::answerRequests, Thread::startVirtualThread);
    try {
      while (!stop.await(pause(mean), TimeUnit.NANOSECONDS)) {
        int guest = random.nextInt(guests.size());
        Op op = guests.get(guest).next();
        var _ = agent.agent().perform(Guest.slot(guest), op, Guest.monitor(number, guest));
        operations.increment();
      }
    } finally {
      takeDown();
      requests.join();
    }
  }

  /** Calls come at random, and so as often at once as a Poisson process has it. */
  private long pause(Duration mean) {
    return (long) (-Math.log(1 - random.nextDouble()) * mean.toNanos());
  }

  private void answerRequests() {
    try {
      serving.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (JournalException e) {
      LOG.warn("{}: no further request is taken", agent.self().host(), e);
      // The journal takes the guests' calls as little: the next one says why.
    }
  }

  /** Lets {@link #run} return. */
  public void stop() {
    stop.countDown();
    serving.stop();
  }

  private synchronized void takeDown() {
    if (!takenDown) {
      takenDown = true;
      stop();
      serving.close();
    }
  }

  /** What the log does not have by now stays in the journal. */
  @Override
  public void close() {
    try {
      takeDown();
    } finally {
      agent.close();
      backend.close();
    }
  }
}
