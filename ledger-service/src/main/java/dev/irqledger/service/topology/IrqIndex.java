package dev.irqledger.service.topology;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.fold.SharedIrq;
import dev.irqledger.core.policy.Standing;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.service.pressure.StandingText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which vector has which Linux irq of a host, so that two devices with one irq are noticed at the
 * cost of the vectors that an event changes, however many devices there are. Confined to one task.
 */
final class IrqIndex {
  private static final String KIND = "irq";

  /** So many shared irqs of a device are told: an agent that mixes devices up shares them all. */
  private static final int MOST_SHARED = 16;

  /** By host/irq: the vector that has it, and behind it another one that got it meanwhile. */
  private final KeyValueStore<String, byte[]> store;

  private final Standings standings;

  /** A vector of a device. */
  private record Place(Bdf device, int vector) {
    @Override
    public String toString() {
      return device.text() + ',' + vector;
    }

    static Place parse(String text) {
      int comma = text.indexOf(',');
      return new Place(
          new Bdf(text.substring(0, comma)), Integer.parseInt(text.substring(comma + 1)));
    }
  }

  IrqIndex(KeyValueStore<String, byte[]> store, Standings standings) {
    this.store = store;
    this.standings = standings;
  }

  /** Takes note of an event, and tells which irqs it shows to be shared. */
  List<Violation> moved(HostInput.DeviceMoved moved) {
    DeviceState before = moved.before();
    DeviceState after = moved.after();
    if (after.head().equals(before.head())) {
      return List.of(); // it was not applied
    }
    List<Violation> broken = broken(moved);
    before
        .interrupts()
        .vectors()
        .forEachDifference(
            after.interrupts().vectors(),
            (vector, was, is) -> {
              Place place = new Place(after.key().bdf(), vector);
              if (irq(was) != irq(is)) {
                giveUp(moved.host(), irq(was), place);
                take(moved, irq(is), place);
              }
            });
    return broken;
  }

  private List<Violation> broken(HostInput.DeviceMoved moved) {
    Bdf device = moved.after().key().bdf();
    String key = key(moved.host(), device);
    Standing shared = standings.of(key);
    if (shared.clean() || !SharedIrq.isEvidence(moved.event(), moved.after())) {
      return List.of();
    }
    List<Violation> broken = new ArrayList<>();
    shared
        .open()
        .forEach((places, irq) -> {
          String[] both = places.split("/", 2);
          Place other = Place.parse(both[1]);
          Violation violation =
              new SharedIrq(
                      irq.intValue(), Place.parse(both[0]).vector(), other.device(), other.vector())
                  .brokenAt(moved.event(), moved.after());
          if (violation != null) {
            broken.add(violation);
          }
        });
    standings.put(key, Standing.CLEAN); // told, or given up by this event
    return broken;
  }

  private void take(HostInput.DeviceMoved moved, int irq, Place place) {
    if (irq == VectorState.IRQ_UNKNOWN) {
      return;
    }
    String key = moved.host() + '/' + irq;
    Place first = place(store.get(key), 0);
    if (first == null || first.device().equals(place.device())) {
      put(key, place, null); // twice on one device is judged with its event
      return;
    }
    put(key, first, place);
    String holder = key(moved.host(), first.device());
    Standing shared = standings.of(holder);
    if (shared.open().size() < MOST_SHARED && SharedIrq.isEvidence(moved.event(), moved.after())) {
      standings.put(holder, shared.with(first + "/" + place, (long) irq));
    }
  }

  private void giveUp(String host, int irq, Place place) {
    String key = host + '/' + irq;
    byte[] kept = irq == VectorState.IRQ_UNKNOWN ? null : store.get(key);
    Place first = place(kept, 0);
    Place second = place(kept, 1);
    if (first == null || !(place.equals(first) || place.equals(second))) {
      return;
    }
    if (second != null) {
      String holder = key(host, first.device());
      standings.put(holder, standings.of(holder).with(first + "/" + second, null));
    }
    Place left = place.equals(first) ? second : first;
    if (left == null) {
      store.delete(key);
    } else {
      put(key, left, null);
    }
  }

  private void put(String key, Place first, @Nullable Place second) {
    String text = second == null ? first.toString() : first + " " + second;
    store.put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Place place(byte @Nullable [] kept, int which) {
    if (kept == null) {
      return null;
    }
    List<String> places = List.of(new String(kept, StandardCharsets.UTF_8).split(" ", 2));
    return which < places.size() ? Place.parse(places.get(which)) : null;
  }

  private static String key(String host, Bdf device) {
    return StandingText.key(host, KIND, device.text());
  }

  private static int irq(@Nullable VectorState state) {
    return state == null ? VectorState.IRQ_UNKNOWN : state.irq();
  }
}
