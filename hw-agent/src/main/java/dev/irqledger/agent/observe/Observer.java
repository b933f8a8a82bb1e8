package dev.irqledger.agent.observe;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a host: tells every call that the probe shows, and what snapshots of the devices add to
 * it. Without a probe it looks at the devices from time to time.
 *
 * <p>One thread runs it and reads probe and devices in turn. A snapshot thus has a place among the
 * calls: those read before it are told before it, and it is told only where none on its device was
 * read since, or is under way. An entry is written before the kernel changes anything, so a change
 * that a look saw is always announced in what is read after it.
 */
public final class Observer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
  private static final int READ_BYTES = 1 << 16;

  /** How many full reads may come in a row before the clock is looked at again. */
  private static final int MOST_READS = 64;

  private static final Duration RETRY = Duration.ofMillis(20);

  private final ObservedHost host;
  private final ObservedEvents events;
  private final long intervalNanos;
  private final Snapshots snapshots;
  private final ObservedCalls calls;
  private final BlindTimes blind = new BlindTimes();
  private final TraceLines lines = new TraceLines();
  private final byte[] bytes = new byte[READ_BYTES];
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private volatile @Nullable TraceText text;
  private volatile String whyNoProbe;
  private volatile @Nullable CpuVectors cpuVectors;

  /** Why the last step was not done; silence after it must not be taken for rest. */
  private @Nullable String failure;

  private long nextRound;
  private long lastSeenMicros;

  /** A look at a device that another thread waits for. */
  private record Asked(
      Bdf device, Consumer<? super KernelView> work, CompletableFuture<Void> done) {}

  /** With a probe, whose text the caller closes after {@link #run} has returned. */
  public static Observer probing(
      TraceText text, ObservedHost host, Duration interval, ObservedEvents events) {
    return new Observer(text, "", host, interval, events);
  }

  /** Without one, for that reason. */
  public static Observer lookingOnly(
      ProbeUnavailable why, ObservedHost host, Duration interval, ObservedEvents events) {
    return new Observer(null, String.valueOf(why.getMessage()), host, interval, events);
  }

  private Observer(
      @Nullable TraceText text,
      String whyNoProbe,
      ObservedHost host,
      Duration interval,
      ObservedEvents events) {
    this.text = text;
    this.whyNoProbe = whyNoProbe;
    this.host = host;
    this.events = events;
    this.intervalNanos = interval.toNanos();
    this.snapshots = new Snapshots(host, events);
    this.calls = new ObservedCalls(host.actors(), host.ownThread());
    this.nextRound = host.clock().monoNanos().getAsLong();
    this.lastSeenMicros = host.clock().nowMicros();
  }

  /** What it can see. Safe for use by any thread, as all but {@link #run} and {@link #step}. */
  public Coverage coverage() {
    Coverage.Mode mode = text == null ? Coverage.Mode.SNAPSHOTS_ONLY : Coverage.Mode.PROBE;
    return new Coverage(mode, whyNoProbe, blind.intervals());
  }

  /** The host's CPU vectors as the kernel told them last; empty until it told any. */
  public Optional<CpuVectors> cpuVectors() {
    return Optional.ofNullable(cpuVectors);
  }

  /**
   * Looks at a device while nobody works on it, once all that was done to it before is told.
   *
   * @param work is given what the kernel shows, on the observer's thread
   * @param patience how long such a moment is waited for
   * @return false if there was none, or the observer has ended; then the work was not done
   * @throws VfioException if the kernel cannot be asked
   */
  public boolean lookWhileCalm(Bdf device, Consumer<? super KernelView> work, Duration patience) {
    Asked look = new Asked(device, work, new CompletableFuture<>());
    asked.add(look);
    if (stopped.getCount() == 0) {
      endAsked();
    }
    try {
      look.done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (CancellationException | TimeoutException e) {
      return false;
    } finally {
      var _ = asked.remove(look);
    }
  }

  /** Whether somebody waits for a look. */
  boolean isAsked() {
    return !asked.isEmpty();
  }

  /** Watches until {@link #stop}. */
  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      try {
        step();
      } catch (RuntimeException e) {
        LOG.error("watching the host failed, and is begun anew", e);
        failure = "watching failed: " + e;
        pause();
      }
    }
    endAsked();
  }

  /** Lets {@link #run} return soon. */
  public void stop() {
    stopped.countDown();
    TraceText waiting = text;
    if (waiting != null) {
      waiting.wake();
    }
  }

  /** Waits until there is something to do, and does it: what {@link #run} repeats. */
  public void step() {
    if (failure != null) {
      callsMissing(failure);
      failure = null;
    }
    boolean all = takeText(untilNextWork());
    if (host.clock().monoNanos().getAsLong() - nextRound >= 0) {
      nextRound = host.clock().monoNanos().getAsLong() + intervalNanos;
      snapshots.addAll();
    }
    if (all) {
      Snapshots.Calm calm = text == null ? new SeenTwice() : new NoCallRead();
      snapshots.take(calm);
      asked.removeIf(look -> look.done.isDone() || answer(look, calm));
    }
  }

  /** False where the device is not calm now. */
  private boolean answer(Asked look, Snapshots.Calm calm) {
    if (!calm.begins(look.device)) {
      return false;
    }
    try {
      KernelView view = host.look().apply(look.device);
      if (!calm.lasted(look.device, view)) {
        return false;
      }
      look.work.accept(view);
      look.done.complete(null);
    } catch (RuntimeException e) {
      look.done.completeExceptionally(e); // the asker is told
    }
    return true;
  }

  /** Whoever asked, or asks from now on, gets no answer. */
  private void endAsked() {
    for (Asked look = asked.poll(); look != null; look = asked.poll()) {
      look.done.cancel(false);
    }
  }

  private void pause() {
    try {
      var _ = stopped.await(intervalNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  private Duration untilNextWork() {
    long nanos = Math.max(0, nextRound - host.clock().monoNanos().getAsLong());
    return Duration.ofNanos(
        snapshots.isEmpty() && asked.isEmpty() ? nanos : Math.min(nanos, RETRY.toNanos()));
  }

  /** Takes what there is to read; false where there may be more. */
  private boolean takeText(Duration timeout) {
    TraceText open = text;
    try {
      if (open == null) {
        return !stopped.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
      Duration wait = timeout;
      for (int i = 0; i < MOST_READS; i++) {
        int length = open.read(bytes, wait);
        if (length <= 0) {
          return true;
        }
        lines.take(bytes, length, line -> calls.line(line, this::observed));
        wait = Duration.ZERO;
      }
      return false;
    } catch (IOException e) {
      probeEnded(e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
      return false;
    }
  }

  private void observed(Observation observation) {
    switch (observation) {
      case Observation.Called called -> {
        InterruptsSet body =
            new InterruptsSet(called.call(), called.result(), called.latencyNanos(), null);
        long micros = seenAt(called.monoNanos());
        events.record(called.device(), Source.OBSERVED_CALL, called.actor(), body, micros);
        snapshots.add(called.device());
      }
      case Observation.Released released -> {
        DeviceReleased body = new DeviceReleased(DeviceReleased.Cause.CLOSED, null);
        long micros = seenAt(released.monoNanos());
        events.record(released.device(), Source.OBSERVED_CALL, released.actor(), body, micros);
        snapshots.add(released.device());
      }
      case Observation.Lost(String reason) -> callsMissing(reason);
      case Observation.Unreadable(String _, String reason) -> callsMissing(reason);
      case Observation.Matrix(CpuVectors vectors) -> {
        cpuVectors = vectors;
        lastSeenMicros = host.clock().microsOf(vectors.monoNanos());
      }
    }
  }

  private long seenAt(long monoNanos) {
    lastSeenMicros = host.clock().microsOf(monoNanos);
    return lastSeenMicros;
  }

  private void callsMissing(String reason) {
    long now = host.clock().nowMicros();
    blind.add(lastSeenMicros, now, reason);
    lastSeenMicros = now;
    LOG.warn("calls may be missing: {}", reason);
    snapshots.addAllUncertain();
  }

  private void probeEnded(IOException e) {
    text = null;
    whyNoProbe = "the probe ended: " + e.getMessage() + "; start the agent anew";
    callsMissing(whyNoProbe);
  }

  /** With a probe: nothing was read of the device meanwhile. */
  private final class NoCallRead implements Snapshots.Calm {
    private final Map<Bdf, Long> marks = new HashMap<>();

    @Override
    public boolean begins(Bdf device) {
      marks.put(device, calls.marks(device));
      return !calls.busy(device);
    }

    @Override
    public boolean lasted(Bdf device, KernelView view) {
      boolean all = takeText(Duration.ZERO);
      Long before = marks.get(device);
      return all && before != null && before == calls.marks(device) && !calls.busy(device);
    }
  }

  /** Without one: a second look shows the same, so that the first was of no device in motion. */
  private final class SeenTwice implements Snapshots.Calm {
    @Override
    public boolean begins(Bdf device) {
      return true;
    }

    @Override
    public boolean lasted(Bdf device, KernelView view) {
      return view.equals(snapshots.look(device));
    }
  }
}
