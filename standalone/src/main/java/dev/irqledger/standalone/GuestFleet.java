package dev.irqledger.standalone;

import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.guest.Guest;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.agent.vfio.HostCapacity;
import dev.irqledger.agent.vfio.ModelledHost;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Events as a fleet of hosts would publish them whose guests boot, move their interrupts, reboot
 * and go: of virtual machine monitors of three kinds, on modelled kernels. Every tenth host has too
 * few CPU vectors for all its guests. The same arguments give the same events.
 */
public final class GuestFleet {
  private static final KernelRelease KERNEL = new KernelRelease("6.12.0");
  private static final HostCapacity AMPLE = new HostCapacity(1 << 20, 1 << 20);

  private final List<Running> guests = new ArrayList<>();
  private final Random random;
  private final EventIds ids;
  private long micros;

  private record Running(
      Guest guest, DeviceKey device, OpExecutor calls, EventSealer sealer, Actor actor) {}

  /**
   * @param hosts how many hosts
   * @param each how many guests, with a device each, a host has: 1 to 8,192
   * @param begin the hosts' clocks at the beginning
   */
  public GuestFleet(int hosts, int each, Instant begin, long seed) {
    this.random = new Random(seed);
    this.micros = begin.toEpochMilli() * 1000;
    this.ids = new EventIds(() -> micros / 1000, random::nextLong);
    for (int host = 0; host < hosts; host++) {
      add(host, each);
    }
  }

  private void add(int number, int each) {
    String name = "hv-%04d".formatted(number);
    InstantSource clock = () -> Instant.ofEpochMilli(micros / 1000);
    HostCapacity capacity =
        number % 10 == 9 ? new HostCapacity(each * Guest.MOST_VECTORS / 3, 1 << 20) : AMPLE;
    ModelledHost host = new ModelledHost(name, KERNEL, capacity, clock);
    EventSealer sealer =
        new EventSealer(EventCodec.releasedOnly(), 1, "boot-" + name, KnownHeads.FIRST_EPOCH);
    for (int i = 0; i < each; i++) {
      Bdf bdf = Guest.slot(i);
      host.add(bdf, DevicePreset.NVME);
      Guest guest = Guest.any(random);
      OpExecutor calls =
          new OpExecutor(host.startProcess(), bdf, (_, e) -> e.getMessage(), () -> micros * 1000);
      Actor actor = Guest.monitor(number, i);
      guests.add(new Running(guest, new DeviceKey(name, bdf), calls, sealer, actor));
    }
  }

  /** What happens next, on any of the hosts. */
  public SealedEvent next() {
    Running running = guests.get(random.nextInt(guests.size()));
    micros += 1 + random.nextInt(120_000);
    var body = running.calls.execute(running.guest.next());
    return running.sealer.seal(
        ids.next(), running.device, Source.AGENT_CALL, running.actor, micros, body);
  }
}
