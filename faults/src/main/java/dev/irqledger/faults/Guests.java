package dev.irqledger.faults;

import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.standalone.RandomOps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an agent busy with random operations on its devices, and remembers every event that it
 * answered with: those must be in the log.
 */
final class Guests {
  private static final long TRIES_AGAIN_MS = 100;

  private final Path journal;
  private final long pauseMs;
  private final Random random;
  private final Map<String, RandomOps> devices = new TreeMap<>();
  private final List<UUID> answered = new ArrayList<>();
  private final CountDownLatch enough = new CountDownLatch(1);
  private final Thread thread;
  private int failed;
  private int unanswered;
  private @Nullable Exception broken;

  /**
   * @param journal where the agent's journal is
   * @param perSecond about how many operations a second
   */
  Guests(Path journal, Map<String, DevicePreset> devices, double perSecond, long seed) {
    this.journal = journal;
    this.pauseMs = (long) (1000 / perSecond);
    this.random = new Random(seed);
    devices.forEach(
        (bdf, preset) -> this.devices.put(bdf, RandomOps.of(preset, random.nextLong())));
    this.thread = Thread.ofPlatform().name("guests of " + journal.getFileName()).start(this::run);
  }

  private void run() {
    try {
      while (!enough.await(TRIES_AGAIN_MS, TimeUnit.MILLISECONDS)) {
        try (AgentClient client = AgentClient.connect(journal)) {
          if (client != null) {
            work(client);
          }
        } catch (IOException e) {
          unanswered++; // the agent ended meanwhile: whether its event is in the log is open
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      broken = e;
    } catch (RuntimeException e) {
      broken = e;
    }
  }

  /** Until the agent ends. What a connection opened is closed with it. */
  private void work(AgentClient client) throws IOException, InterruptedException {
    devices.values().forEach(RandomOps::closed);
    List<String> all = List.copyOf(devices.keySet());
    do {
      String device = all.get(random.nextInt(all.size()));
      RandomOps ops = devices.get(device);
      if (ops != null) {
        note(client.ask(new Request.Perform(device, ops.next()), _ -> {}));
      }
    } while (!enough.await(random.nextLong(2 * pauseMs + 1), TimeUnit.MILLISECONDS));
  }

  private void note(Reply reply) throws IOException {
    switch (reply) {
      case Reply.Performed performed -> answered.add(performed.event());
      case Reply.Refused refused -> answered.add(refused.event());
      case Reply.Failed(Reply.Kind kind, String message) -> {
        failed++;
        if (kind == Reply.Kind.STOPPING) {
          throw new IOException(message);
        }
      }
      case Reply.Line _, Reply.Done _, Reply.Status _ ->
          throw new IllegalStateException("no answer to an operation: " + reply);
    }
  }

  /** Ends the load; the agent must run, so that it answers what it was asked. */
  void end() throws InterruptedException {
    enough.countDown();
    thread.join();
    if (broken != null) {
      throw new IllegalStateException("the load broke down", broken);
    }
  }

  /** The events that the agent answered with, in their order; after the end. */
  List<UUID> answered() {
    return answered;
  }

  /** How often the agent said that it could not, such as for a full disk; after the end. */
  int failed() {
    return failed;
  }

  /** How often the agent ended before it had answered; after the end. */
  int unanswered() {
    return unanswered;
  }
}
