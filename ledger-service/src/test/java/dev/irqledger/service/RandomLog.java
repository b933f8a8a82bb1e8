package dev.irqledger.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.SealedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A log of several hosts as the seed wants it: mostly what kernels do, with lies, losses,
 * repetitions, swaps, forgeries and rubbish among it.
 */
public final class RandomLog {
  /** One record of the log. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Entry(byte[] key, byte[] value) {}

  private final Random random;
  private final ModelledFleet fleet = new ModelledFleet();
  private final EventCodec codec = EventCodec.releasedOnly();
  private final List<Entry> entries = new ArrayList<>();
  private long epoch = 1;

  private RandomLog(long seed) {
    this.random = new Random(seed);
  }

  public static List<Entry> of(long seed) {
    return new RandomLog(seed).write();
  }

  private List<Entry> write() {
    int events = 20 + random.nextInt(100);
    for (int i = 0; i < events; i++) {
      SealedEvent event = next();
      switch (random.nextInt(24)) {
        case 0 -> {} // lost
        case 1 -> add(event, event);
        case 2 -> entries.add(entry(again(event)));
        case 3 -> rubbish(event);
        case 4 -> {
          fleet.newEpoch(event.event().device().host(), ++epoch);
          add(event);
        }
        case 5 -> entries.add(random.nextInt(entries.size() + 1), entry(event));
        default -> add(event);
      }
    }
    repeatSome();
    return entries;
  }

  private void add(SealedEvent... events) {
    for (SealedEvent event : events) {
      entries.add(entry(event));
    }
  }

  private static Entry entry(SealedEvent event) {
    return new Entry(event.key().getBytes(UTF_8), event.bytes());
  }

  private void repeatSome() {
    for (int i = random.nextInt(6); i > 0 && !entries.isEmpty(); i--) {
      Entry old = entries.get(random.nextInt(entries.size()));
      entries.add(random.nextInt(entries.size() + 1), old);
    }
  }

  private SealedEvent next() {
    DeviceKey device = ModelledFleet.device("hv-" + random.nextInt(3), 1 + random.nextInt(3));
    String vm = random.nextInt(4) == 0 ? null : "vm-" + random.nextInt(4);
    String unit = random.nextInt(5) == 0 ? null : "dmar" + random.nextInt(2);
    return switch (random.nextInt(16)) {
      case 0, 1 -> fleet.open(device, vm, unit);
      case 2 -> fleet.close(device, vm);
      case 3 -> fleet.seal(device, vm, new StateObserved(view(device)));
      case 4 -> fleet.seal(device, vm, new DeviceReset(OptionalInt.of(0), 0, view(device)));
      case 5 -> fleet.seal(device, vm, new CommandRefused("over the budget"));
      case 6 -> fleet.seal(device, vm, lie(fleet.done(device, call())));
      case 7 -> fleet.seal(device, vm, unseen(fleet.done(device, call())));
      default -> fleet.set(device, vm, call());
    };
  }

  private KernelView view(DeviceKey device) {
    DeviceState state = fleet.state(device);
    return ModelledFleet.view(state);
  }

  private SetIrqs call() {
    IrqIndex index = random.nextInt(4) == 0 ? IrqIndex.of(random.nextInt(5)) : IrqIndex.MSIX;
    if (random.nextInt(8) == 0) {
      return SetIrqs.disable(index);
    }
    int[] fds = new int[1 + random.nextInt(6)];
    for (int i = 0; i < fds.length; i++) {
      fds[i] = random.nextInt(3) == 0 ? Eventfd.NONE : 10 + random.nextInt(40);
    }
    return SetIrqs.triggers(index, random.nextInt(12), fds);
  }

  /** The same call, reported as it was not. */
  private EventBody lie(InterruptsSet set) {
    KernelView after = set.after();
    if (random.nextBoolean() || after == null || after.allocated().isEmpty()) {
      return new InterruptsSet(set.call(), OptionalInt.of(-random.nextInt(30)), 0, after);
    }
    List<KernelView.Seen> seen = new ArrayList<>(after.allocated());
    KernelView.Seen one = seen.get(random.nextInt(seen.size()));
    seen.remove(one);
    if (random.nextBoolean()) {
      seen.add(new KernelView.Seen(one.vector(), one.irq() + 100, !one.armed()));
      seen.sort((a, b) -> Integer.compare(a.vector(), b.vector()));
    }
    return new InterruptsSet(set.call(), set.result(), 0, KernelView.whole(after.mode(), seen));
  }

  /** The same call, of which only the arguments were seen, or the result too. */
  private EventBody unseen(InterruptsSet set) {
    OptionalInt result = random.nextBoolean() ? set.result() : OptionalInt.empty();
    return new InterruptsSet(set.call(), result, 0, null);
  }

  /** Another content under the same number. */
  private SealedEvent again(SealedEvent sealed) {
    InterruptEvent e = sealed.event();
    return codec.encode(
        new InterruptEvent(
            e.id(),
            e.device(),
            e.bootId(),
            e.epoch(),
            e.sequence(),
            e.previousHash(),
            e.journalLost(),
            e.source(),
            e.actor(),
            e.hostTimeMicros() + 1,
            e.body(),
            EventHash.NONE));
  }

  private void rubbish(SealedEvent event) {
    byte[] key = event.key().getBytes(UTF_8);
    byte[] bytes = event.bytes().clone();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    switch (random.nextInt(4)) {
      case 0 -> entries.add(new Entry(key, bytes));
      case 1 -> entries.add(new Entry(key, null));
      case 2 -> entries.add(new Entry("hv-0/0000:0f:00.0".getBytes(UTF_8), event.bytes()));
      default -> entries.add(new Entry(null, event.bytes()));
    }
  }
}
