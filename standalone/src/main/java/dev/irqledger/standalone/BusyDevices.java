package dev.irqledger.standalone;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A load for tests and benchmarks: devices of which all vectors are armed once, and then one vector
 * after the other loses its trigger and gets it back, as a guest does that moves its interrupts.
 */
public final class BusyDevices {
  private static final int FIRST_IRQ = 100;
  private static final KernelRelease KERNEL = new KernelRelease("6.12.0");
  private static final Actor ACTOR = new Actor("web-3", null, 4711, "qemu-system-x86", null);

  private final int vectors;
  private final List<DeviceKey> devices;

  /** The irq of each device's vector 0; no two vectors of a host have the same one. */
  private final Map<DeviceKey, Integer> firstIrqs = new HashMap<>();

  private final Map<String, EventSealer> sealers = new HashMap<>();
  private final Random random;
  private final EventIds ids;
  private long micros = 1_790_000_000_000_000L;

  /**
   * @param hosts how many hosts
   * @param each how many devices each has, at most 8,192
   * @param vectors how many vectors each device has, at most 2,048
   */
  public BusyDevices(int hosts, int each, int vectors, long seed) {
    this.vectors = vectors;
    this.random = new Random(seed);
    this.ids = new EventIds(() -> micros / 1000, random::nextLong);
    this.devices = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      for (int i = 0; i < each; i++) {
        Bdf bdf = new Bdf("0000:%02x:%02x.%d".formatted(i >> 8, i >> 3 & 0x1f, i & 7));
        DeviceKey device = new DeviceKey("hv-%04d".formatted(host), bdf);
        devices.add(device);
        firstIrqs.put(device, FIRST_IRQ + i * vectors);
      }
    }
  }

  /**
   * What writes such a load to a log: all devices opened and armed, then moves.
   *
   * @param events how many events follow the opening, an even number
   */
  public static Consumer<Consumer<SealedEvent>> moving(
      int hosts, int each, int vectors, int events) {
    BusyDevices busy = new BusyDevices(hosts, each, vectors, 1);
    return log -> {
      busy.begin(log);
      for (int i = 0; i < events / 2; i++) {
        busy.move(log);
      }
    };
  }

  /** Opens every device and arms all its vectors. */
  public void begin(Consumer<? super SealedEvent> log) {
    List<IrqIndexInfo> indexes =
        List.of(
            new IrqIndexInfo(1, 7),
            new IrqIndexInfo(1, 9),
            new IrqIndexInfo(vectors, 1),
            new IrqIndexInfo(1, 9),
            new IrqIndexInfo(1, 9));
    DeviceIdentity identity = new DeviceIdentity("1b36:0010", 1, "dmar0", null, "vfio-pci");
    int[] fds = IntStream.range(0, vectors).map(v -> 16 + v).toArray();
    for (DeviceKey device : devices) {
      DeviceOpened opened = new DeviceOpened(KERNEL, new DeviceCapabilities(indexes), identity);
      log.accept(seal(device, opened));
      log.accept(
          seal(device, done(device, SetIrqs.triggers(IrqIndex.MSIX, 0, fds), 0, vectors, true)));
    }
  }

  /** One vector of one device loses its trigger, and gets it back: two events. */
  public void move(Consumer<? super SealedEvent> log) {
    DeviceKey device = devices.get(random.nextInt(devices.size()));
    int vector = random.nextInt(vectors);
    SetIrqs clear = SetIrqs.triggers(IrqIndex.MSIX, vector, Eventfd.NONE);
    SetIrqs arm = SetIrqs.triggers(IrqIndex.MSIX, vector, 16 + vector);
    log.accept(seal(device, done(device, clear, vector, vector + 1, false)));
    log.accept(seal(device, done(device, arm, vector, vector + 1, true)));
  }

  /** The hosts' clocks jump by that much; a negative time is one into the past. */
  public void turnClocks(Duration by) {
    micros += by.toNanos() / 1000;
  }

  private InterruptsSet done(DeviceKey device, SetIrqs call, int from, int to, boolean armed) {
    int first = firstIrqs.getOrDefault(device, FIRST_IRQ);
    List<KernelView.Seen> seen =
        IntStream.range(from, to).mapToObj(v -> new KernelView.Seen(v, first + v, armed)).toList();
    KernelView view = new KernelView(InterruptMode.MSIX, from, to, seen);
    return new InterruptsSet(call, OptionalInt.of(0), 900, view);
  }

  private SealedEvent seal(DeviceKey device, EventBody body) {
    micros += 10;
    return sealers
        .computeIfAbsent(
            device.host(),
            _ -> new EventSealer(EventCodec.releasedOnly(), 1, "boot", KnownHeads.FIRST_EPOCH))
        .seal(ids.next(), device, Source.AGENT_CALL, ACTOR, micros, body);
  }
}
