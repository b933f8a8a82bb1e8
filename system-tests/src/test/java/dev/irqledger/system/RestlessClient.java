package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that never stops to ask about one device after the other, as the documentation says: it
 * knows the addresses of all instances, takes an answer that may be behind, and asks the next
 * instance where one does not answer.
 */
final class RestlessClient implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final int[] ports;
  private final List<DeviceKey> devices;
  private final KeyAnswers answers = new KeyAnswers();
  private final CountDownLatch enough = new CountDownLatch(1);
  private final CompletableFuture<Report> asking;

  /**
   * How it went.
   *
   * @param questions how many were asked
   * @param byTheNext how many the first instance that was asked did not answer
   * @param unanswered those that no instance answered, and why
   * @param longest between two answers
   * @param longestPresent between two answers that are none of a copy
   */
  record Report(
      int questions,
      int byTheNext,
      List<String> unanswered,
      long stale,
      List<String> backwards,
      Duration longest,
      Duration longestPresent) {}

  RestlessClient(List<DeviceKey> devices, int... ports) {
    this.devices = List.copyOf(devices);
    this.ports = ports.clone();
    this.asking = CompletableFuture.supplyAsync(this::ask);
  }

  private Report ask() {
    long began = System.nanoTime();
    Longest any = new Longest(began);
    Longest present = new Longest(began);
    List<String> unanswered = new ArrayList<>();
    int questions = 0;
    int byTheNext = 0;
    try {
      do {
        DeviceKey device = devices.get(questions % devices.size());
        long stale = answers.stale();
        int asked = 0;
        boolean answered = false;
        List<String> refusals = new ArrayList<>();
        while (!answered && asked < ports.length) {
          answered = answers.askAlsoStale(ports[(questions + asked++) % ports.length], device);
          if (!answered) {
            refusals.add(answers.refusal());
          }
        }
        long now = System.nanoTime();
        if (answered) {
          any.ends(now);
          if (answers.stale() == stale) {
            present.ends(now);
          }
          byTheNext += asked > 1 ? 1 : 0;
        } else {
          unanswered.add(device + " " + refusals);
        }
        questions++;
      } while (!enough.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Report(
        questions,
        byTheNext,
        unanswered,
        answers.stale(),
        answers.backwards(),
        any.longest(),
        present.longest());
  }

  /** The longest time between two moments. */
  private static final class Longest {
    private long last;
    private long most;

    Longest(long began) {
      last = began;
    }

    void ends(long now) {
      most = Math.max(most, now - last);
      last = now;
    }

    Duration longest() {
      return Duration.ofNanos(most);
    }
  }

  /** Whether it still asks; if it does not, this throws why. */
  boolean asks() {
    if (asking.isDone()) {
      var _ = asking.join();
    }
    return !asking.isDone();
  }

  /** Ends it. */
  Report finish() {
    assertTrue(asks());
    enough.countDown();
    return asking.join();
  }

  @Override
  public void close() {
    enough.countDown();
    var _ = asking.handle((_, _) -> null).join();
    answers.close();
  }
}
