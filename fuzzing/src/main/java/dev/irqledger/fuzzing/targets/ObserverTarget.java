package dev.irqledger.fuzzing.targets;

import dev.irqledger.agent.observe.Actors;
import dev.irqledger.agent.observe.HostClock;
import dev.irqledger.agent.observe.ObservedHost;
import dev.irqledger.agent.observe.Observer;
import dev.irqledger.agent.observe.TraceText;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.recordings.Samples;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The kernel's trace buffer as the agent reads it, in pieces that end anywhere: the first byte says
 * how long they are. Nothing is thrown, and whatever is observed is an event that can be folded.
 */
final class ObserverTarget implements Target {
  private static final Bdf DEVICE = new Bdf("0000:01:00.0");
  private static final KernelView NOTHING =
      new KernelView(InterruptMode.NONE, 0, KernelView.MAX_VECTORS, List.of());
  private static final long STEP_NANOS = 30_000_000;
  private static final int LINES_OF_A_SEED = 12;
  private static final int LAST_STEPS = 4;

  private final EventCodec codec = EventCodec.releasedOnly();

  @Override
  public void check(byte[] input) {
    Pieces pieces = new Pieces(input);
    Observed observed = new Observed();
    AtomicLong nanos = new AtomicLong();
    HostClock clock =
        new HostClock(
            Clock.fixed(Instant.ofEpochSecond(1_790_000_000L), ZoneOffset.UTC),
            () -> nanos.addAndGet(STEP_NANOS));
    ObservedHost host =
        new ObservedHost(
            () -> List.of(DEVICE),
            List.of(),
            device -> NOTHING,
            observed::state,
            device -> false,
            thread -> thread == 1,
            new Actors(Path.of("/nonexistent")),
            clock);
    Observer observer = Observer.probing(pieces, host, Duration.ofMillis(1), observed::record);
    while (!pieces.allRead()) {
      observer.step();
    }
    for (int i = 0; i < LAST_STEPS; i++) {
      observer.step();
    }
    Broken.unless(!observer.coverage().mode().name().isEmpty(), "it says what it can see");
  }

  /** The input, in pieces. */
  private static final class Pieces implements TraceText {
    private final byte[] input;
    private final int length;
    private int read = 1;

    Pieces(byte[] input) {
      this.input = input;
      this.length = input.length == 0 ? 1 : 1 + (input[0] & 0xff);
    }

    boolean allRead() {
      return read >= input.length;
    }

    @Override
    public int read(byte[] into, Duration timeout) {
      int taken = Math.max(0, Math.min(length, input.length - read));
      System.arraycopy(input, Math.min(read, input.length), into, 0, taken);
      read += taken;
      return taken;
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
  }

  /** What the observer tells, folded as the agent does. */
  private final class Observed {
    private final EventSealer sealer = new EventSealer(codec, 1, "boot", KnownHeads.FIRST_EPOCH);
    private final Map<Bdf, DeviceState> states = new HashMap<>();
    private long events;

    DeviceState state(Bdf device) {
      return states.computeIfAbsent(device, d -> DeviceState.unseen(new DeviceKey("hv-1", d)));
    }

    void record(Bdf device, Source source, Actor actor, EventBody body, long hostTimeMicros) {
      var sealed =
          sealer.seal(
              new UUID(1, events++),
              new DeviceKey("hv-1", device),
              source,
              actor,
              hostTimeMicros,
              body);
      states.put(device, Ledger.fold(state(device), sealed.event()).state());
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    List<String> all = Samples.lines(Samples.QEMU_BOOT_PROBE);
    return Stream.iterate(0, from -> from < all.size(), from -> from + LINES_OF_A_SEED)
        .limit(6)
        .map(from -> all.subList(from, Math.min(all.size(), from + LINES_OF_A_SEED)))
        .map(part -> Text.bytes("~" + String.join("\n", part) + "\n"));
  }

  @Override
  public List<String> words() {
    return List.of(
        "CPU:1 [LOST 3 EVENTS]\n",
        "irq_matrix_alloc: bit=33 cpu=0 online=1 avl=200 alloc=3 managed=0 online_maps=2"
            + " global_avl=400, global_rsvd=9, total_alloc=6\n",
        ": set_irqs_ret: (",
        ": vfio_release: (");
  }
}
