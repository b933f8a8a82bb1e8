package dev.irqledger.agent;

import dev.irqledger.agent.host.HostBackend;
import dev.irqledger.agent.host.LinuxBackend;
import dev.irqledger.agent.linux.PollableFile;
import dev.irqledger.agent.observe.Actors;
import dev.irqledger.agent.observe.Coverage;
import dev.irqledger.agent.observe.CpuVectors;
import dev.irqledger.agent.observe.HostClock;
import dev.irqledger.agent.observe.ObservedEvents;
import dev.irqledger.agent.observe.ObservedHost;
import dev.irqledger.agent.observe.Observer;
import dev.irqledger.agent.observe.ProbeUnavailable;
import dev.irqledger.agent.observe.SetIrqsProbe;
import dev.irqledger.agent.observe.TraceText;
import dev.irqledger.agent.status.Sight;
import dev.irqledger.agent.sysfs.IdleWatch;
import dev.irqledger.agent.sysfs.InterruptCounts;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.wire.avro.BlindInterval;
import dev.irqledger.wire.avro.CoverageMode;
import dev.irqledger.wire.avro.IdleVector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent sees of the other processes of its host. On a modelled host there are none. */
public final class HostWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);

  /** An armed vector that did not fire for so long is told as idle. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** So long a moment is waited for at which nobody works on a device. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** So many idle vectors are listed in a sign of life. */
  private static final int MOST_IDLE = 1000;

  private final @Nullable Watched watched;
  private final List<BlindInterval> blindBefore;

  /** A real host, watched. */
  private record Watched(
      LinuxBackend host,
      Observer observer,
      Thread thread,
      @Nullable SetIrqsProbe probe,
      @Nullable TraceText text,
      IdleWatch idle,
      InterruptCounts counts) {}

  private HostWatch(@Nullable Watched watched, List<BlindInterval> blindBefore) {
    this.watched = watched;
    this.blindBefore = blindBefore;
  }

  /**
   * Begins to watch. Every device is looked at once now.
   *
   * @param probe whether to put a probe into the kernel
   * @param interval how often every device is looked at
   * @param say is told in a line how the host is watched
   */
  public static HostWatch start(
      HostAgent agent,
      HostBackend backend,
      boolean probe,
      Duration interval,
      Consumer<String> say) {
    return switch (backend) {
      case LinuxBackend host ->
          new HostWatch(watch(agent, host, probe, interval, say), agent.blindBefore());
      case HostBackend _ -> new HostWatch(null, List.of());
    };
  }

  private static Watched watch(
      HostAgent agent, LinuxBackend host, boolean wanted, Duration interval, Consumer<String> say) {
    ObservedHost observed =
        new ObservedHost(
            host.sysfs()::vfioDevices,
            agent.heldBefore(),
            host::shown,
            agent.ledger()::state,
            agent.agent()::holds,
            host.vfio()::isOwnThread,
            new Actors(Path.of("/proc")),
            HostClock.SYSTEM);
    SetIrqsProbe probe = null;
    TraceText text = null;
    Observer observer;
    try {
      if (!wanted) {
        throw new ProbeUnavailable("--no-probe was given", "leave it out");
      }
      probe = SetIrqsProbe.open();
      text = new TracePipe(new PollableFile(probe.text()));
      observer = Observer.probing(text, observed, interval, sink(agent));
      say.accept("every call of other processes is seen through a probe in the kernel");
    } catch (ProbeUnavailable e) {
      observer = Observer.lookingOnly(e, observed, interval, sink(agent));
      say.accept(e.getMessage() + "; devices are looked at every " + interval.toSeconds() + " s");
    } catch (VfioException e) {
      if (probe != null) {
        probe.close();
      }
      throw e;
    }
    Observer watching = observer;
    host.cpuVectorsFrom(() ->
        watching.cpuVectors().map(HostWatch::pool).orElse(LinuxBackend.CpuVectorPool.UNKNOWN));
    agent.watchedBy((device, work) -> look(agent, watching, device, work));
    Thread thread = Thread.ofPlatform().daemon().name("agent-observer").start(observer);
    return new Watched(
        host, observer, thread, probe, text, new IdleWatch(), new InterruptCounts(host.sysfs()));
  }

  /**
   * A device that the agent has open by now is nobody else's: what is told of it so late came
   * before the opening, which says where the device stands.
   */
  public static ObservedEvents sink(HostAgent agent) {
    return (device, source, actor, body, micros) -> {
      boolean taken =
          agent
              .agent()
              .unlessHeld(
                  device,
                  () -> {
                    var _ = agent.ledger().record(device, source, actor, body, micros);
                  });
      if (!taken) {
        LOG.info("{}: {} came too late to be told", device, body);
      }
    };
  }

  /** A device that the agent holds rests between its operations, any other between the calls. */
  private static boolean look(
      HostAgent agent, Observer observer, Bdf device, Consumer<? super KernelView> work) {
    if (agent.agent().holds(device)) {
      return agent.lookBetweenOperations(device, work);
    }
    AtomicBoolean done = new AtomicBoolean();
    boolean calm =
        observer.lookWhileCalm(
            device,
            view -> done.set(agent.agent().unlessHeld(device, () -> work.accept(view))),
            PATIENCE);
    return calm && done.get();
  }

  /** What is seen now. Counts the interrupts of armed vectors on the way. */
  public Sight sight() {
    if (watched == null) {
      return Sight.OWN_CALLS;
    }
    count(watched, Instant.now());
    Coverage coverage = watched.observer.coverage();
    List<BlindInterval> blind = new ArrayList<>(blindBefore);
    coverage.blind().forEach(interval -> blind.add(blind(interval)));
    List<dev.irqledger.agent.sysfs.IdleVector> idle = watched.idle.idle(IDLE);
    return new Sight(
        switch (coverage.mode()) {
          case PROBE -> CoverageMode.PROBE;
          case SNAPSHOTS_ONLY -> CoverageMode.SNAPSHOTS_ONLY;
        },
        blind,
        idle.size(),
        idle.stream().limit(MOST_IDLE).map(HostWatch::idle).toList());
  }

  private static void count(Watched watched, Instant now) {
    for (Bdf device : watched.host.sysfs().vfioDevices()) {
      try {
        watched.idle.counted(device, watched.counts.of(device), now);
      } catch (VfioException e) {
        watched.idle.forget(device);
        LOG.debug("the interrupts of {} cannot be counted: {}", device, e.getMessage());
      }
    }
  }

  private static LinuxBackend.CpuVectorPool pool(CpuVectors seen) {
    return new LinuxBackend.CpuVectorPool(
        OptionalInt.of(Math.toIntExact(seen.total())),
        OptionalInt.of(Math.toIntExact(seen.free())));
  }

  private static BlindInterval blind(Coverage.Blind interval) {
    return new BlindInterval(
        instant(interval.fromMicros()),
        interval.toMicros().isPresent() ? instant(interval.toMicros().getAsLong()) : null,
        interval.reason());
  }

  private static IdleVector idle(dev.irqledger.agent.sysfs.IdleVector vector) {
    return new IdleVector(
        vector.device().text(),
        vector.vector(),
        vector.irq(),
        vector.count(),
        vector.since().truncatedTo(ChronoUnit.MICROS));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Takes what the probe has shown so far, and removes it from the kernel. */
  @Override
  public void close() {
    if (watched == null) {
      return;
    }
    watched.observer.stop();
    try {
      watched.thread.join();
      if (watched.text != null) {
        watched.text.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("closing the probe's text: {}", e.getMessage());
    }
    if (watched.probe != null) {
      watched.probe.close();
    }
  }

  /** The probe's text, which never ends by itself. */
  private static final class TracePipe implements TraceText {
    private final PollableFile file;
    private volatile boolean woken;

    TracePipe(PollableFile file) {
      this.file = file;
    }

    @Override
    public int read(byte[] into, Duration timeout) throws IOException {
      int count;
      try {
        count = file.read(into, timeout);
      } catch (VfioException e) {
        throw new IOException(e.getMessage(), e);
      }
      if (count == PollableFile.END && !woken) {
        throw new IOException("somebody removed it");
      }
      return Math.max(0, count);
    }

    @Override
    public void wake() {
      woken = true;
      file.wake();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
