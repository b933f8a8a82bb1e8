package dev.irqledger.faults;

import dev.irqledger.faults.Node.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Faults at random, decided by a seed: of any kind, on any node, up to three at once, each of them
 * made good again after a while; and now and then a rolling restart of the brokers.
 */
final class Upheaval {
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final int MOST_AT_ONCE = 3;
  private static final int LONGEST_PAUSE_MS = 5_000;
  private static final int SHORTEST_FAULT_MS = 500;
  private static final int LONGEST_FAULT_MS = 15_000;

  /** Of so many decisions one is a rolling restart. */
  private static final int ROLLING_ONE_IN = 12;

  private final Deployment deployment;
  private final BrokerHealth brokers;
  private final Random random;
  private final Telling telling;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE, true);
  private final Set<Node> struck = new HashSet<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();

  Upheaval(Deployment deployment, BrokerHealth brokers, long seed, Telling telling) {
    this.deployment = deployment;
    this.brokers = brokers;
    this.random = new Random(seed);
    this.telling = telling;
  }

  /**
   * Goes on for that long; when this returns, all is made good again.
   *
   * @throws IOException if a fault could not be brought about, or not be made good
   */
  void run(Duration time) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (failures.isEmpty()) {
      long pause = Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MS)).toNanos();
      if (end - System.nanoTime() < pause) {
        break;
      }
      TimeUnit.NANOSECONDS.sleep(pause);
      if (random.nextInt(ROLLING_ONE_IN) == 0) {
        rollingRestart();
      } else {
        room.acquire();
        strike();
      }
    }
    room.acquire(MOST_AT_ONCE);
    if (!failures.isEmpty()) {
      throw new IOException("a fault did not go as it should", failures.peek());
    }
  }

  private void strike() {
    Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
    Node node = choose();
    int lasts = SHORTEST_FAULT_MS + random.nextInt(LONGEST_FAULT_MS - SHORTEST_FAULT_MS);
    count(fault + " of a " + node.kind().name().toLowerCase(java.util.Locale.ROOT));
    telling.tell("%s %s for %.1f s", fault, node.name(), lasts / 1e3);
    Thread.ofPlatform().name(fault + " " + node.name()).start(() -> endure(fault, node, lasts));
  }

  private void endure(Fault fault, Node node, long lastsMs) {
    try {
      fault.strike(node);
      TimeUnit.MILLISECONDS.sleep(lastsMs);
      fault.heal(node);
    } catch (IOException e) {
      failures.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add(e);
    } finally {
      synchronized (struck) {
        struck.remove(node);
      }
      room.release();
    }
  }

  /** A node that nothing is wrong with: there are always some, since fewer can be struck. */
  private Node choose() {
    synchronized (struck) {
      List<Node> sound = new ArrayList<>(deployment.nodes());
      sound.removeAll(struck);
      Node chosen = sound.get(random.nextInt(sound.size()));
      struck.add(chosen);
      return chosen;
    }
  }

  /** As for an upgrade: one broker after the other, each when all partitions are whole again. */
  private void rollingRestart() throws IOException, InterruptedException {
    room.acquire(MOST_AT_ONCE);
    try {
      count("rolling restart of the brokers");
      telling.tell("rolling restart of the brokers");
      brokers.awaitWhole();
      for (Node broker : deployment.all(Kind.BROKER).toList()) {
        broker.end();
        broker.start();
        brokers.awaitWhole();
      }
      telling.tell("the brokers are restarted");
    } finally {
      room.release(MOST_AT_ONCE);
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** How often each kind of thing happened. */
  Map<String, Integer> counts() {
    return counts;
  }
}
