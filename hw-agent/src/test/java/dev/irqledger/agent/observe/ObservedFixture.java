package dev.irqledger.agent.observe;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A host in memory: its trace text, what it shows, its clock, and what was made of it. */
final class ObservedFixture implements TraceText {
  static final Bdf ONE = new Bdf("0000:01:00.0");
  static final Bdf TWO = new Bdf("0000:02:00.0");
  static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

  /** An event as the sink got it. */
  record Told(Bdf device, Source source, Actor actor, EventBody body, long micros) {}

  final List<Told> told = new ArrayList<>();
  final List<Violation> violations = new ArrayList<>();
  final Set<Bdf> devices = new HashSet<>();
  final Set<Bdf> heldBefore = new HashSet<>();
  final Set<Bdf> own = new HashSet<>();
  final Set<Integer> ownThreads = new HashSet<>();
  final Map<Bdf, KernelView> shown = new HashMap<>();
  final Deque<String> text = new ArrayDeque<>();
  final Deque<Runnable> whileLooking = new ArrayDeque<>();
  final Deque<RuntimeException> failures = new ArrayDeque<>();
  @Nullable IOException broken;
  private final Map<Bdf, DeviceState> states = new HashMap<>();
  private long nanos = 1_000_000_000_000L;
  private int looks;

  ObservedHost host() {
    return new ObservedHost(
        this::devices,
        heldBefore,
        this::look,
        this::state,
        own::contains,
        ownThreads::contains,
        new Actors(Path.of("/nonexistent")),
        new HostClock(
            new Clock() {
              @Override
              public ZoneOffset getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
              }

              @Override
              public Instant instant() {
                return START.plusNanos(nanos);
              }
            },
            () -> nanos));
  }

  Observer probing() {
    return Observer.probing(this, host(), INTERVAL, this::record);
  }

  /** One with a probe, after its first step. */
  Observer started() {
    Observer observer = probing();
    observer.step();
    return observer;
  }

  Observer lookingOnly() {
    return Observer.lookingOnly(
        new ProbeUnavailable("none here", "use another"), host(), INTERVAL, this::record);
  }

  DeviceState state(Bdf device) {
    return states.computeIfAbsent(device, d -> DeviceState.unseen(new DeviceKey("host-1", d)));
  }

  List<EventBody> bodies() {
    return told.stream().map(Told::body).toList();
  }

  List<Told> snapshots() {
    return told.stream().filter(t -> t.body() instanceof StateObserved).toList();
  }

  int looks() {
    return looks;
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Lines of the probe, at the current time. */
  void prints(String... lines) {
    for (String line : lines) {
      text.add(line + "\n");
    }
  }

  String stamp() {
    return "[000] ...1. %d.%06d: ".formatted(nanos / 1_000_000_000, nanos / 1000 % 1_000_000);
  }

  String enters(int thread, Bdf device, String call) {
    return "vmm-%d %sset_irqs: (f+0x4/0xd0) %s"
        .formatted(thread, stamp(), call)
        .replace("BDF", device.text());
  }

  String returns(int thread) {
    return "vmm-%d %sset_irqs_ret: (g <- f) ret=0".formatted(thread, stamp());
  }

  String releases(int thread, Bdf device) {
    return "vmm-%d %svfio_release: (h+0x4) bdf=\"%s\"".formatted(thread, stamp(), device);
  }

  static String arms(int start, int count, String fds) {
    return "index=2 start=%d count=%d flags=36 bdf=\"BDF\" fds={%s}".formatted(start, count, fds);
  }

  static final String DISABLE = "index=2 start=0 count=0 flags=33 bdf=\"BDF\" fds={0,0}";

  static KernelView msix(KernelView.Seen... seen) {
    return KernelView.whole(InterruptMode.MSIX, List.of(seen));
  }

  static final KernelView NOTHING = KernelView.whole(InterruptMode.NONE, List.of());

  /** Mode, phases and triggers: all but numbers and times that only one witness knows. */
  static String shape(Interrupts interrupts) {
    StringBuilder shape = new StringBuilder(interrupts.mode().label());
    shape.append(' ').append(interrupts.intxTrigger());
    shape.append(' ').append(interrupts.errTrigger());
    shape.append(' ').append(interrupts.reqTrigger());
    interrupts
        .vectors()
        .forEach((vector, state) ->
            shape.append(" %d:%s:%d".formatted(vector, state.phase(), state.trigger())));
    return shape.toString();
  }

  private Set<Bdf> devices() {
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    return devices;
  }

  private KernelView look(Bdf device) {
    looks++;
    KernelView view = shown.get(device);
    if (!whileLooking.isEmpty()) {
      whileLooking.remove().run();
    }
    if (view == null) {
      throw new VfioException("look", Errno.EIO.number());
    }
    return view;
  }

  void record(Bdf device, Source source, Actor actor, EventBody body, long micros) {
    told.add(new Told(device, source, actor, body, micros));
    DeviceState before = state(device);
    long sequence = before.head().sequence() + 1;
    Folded folded =
        Ledger.fold(
            before,
            new InterruptEvent(
                new UUID(1, sequence),
                before.key(),
                "boot-1",
                1,
                sequence,
                before.head().hash(),
                false,
                source,
                actor,
                micros,
                body,
                new EventHash(1, 2, 3, sequence)));
    violations.addAll(folded.violations());
    states.put(device, folded.state());
  }

  @Override
  public int read(byte[] into, Duration timeout) throws IOException {
    if (broken != null) {
      throw broken;
    }
    String next = text.poll();
    if (next == null) {
      pass(timeout);
      return 0;
    }
    byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, into, 0, bytes.length);
    return bytes.length;
  }

  @Override
  public void wake() {
    pass(Duration.ZERO);
  }

  @Override
  public void close() {
    text.clear();
  }
}
