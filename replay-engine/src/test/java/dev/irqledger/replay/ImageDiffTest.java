package dev.irqledger.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageDiffTest {
  private final InMemoryLog log = new InMemoryLog(1);

  private void set(String device, int start, int... fds) {
    log.append(
        device,
        new InterruptsSet(SetIrqs.triggers(IrqIndex.MSIX, start, fds), OptionalInt.of(0), 0, null));
  }

  private Image at(long offset) {
    EventCodec codec = EventCodec.releasedOnly();
    ResolvedPoint point =
        new PointResolver(log, codec, InstantSource.system())
            .resolve(Point.Offsets.of(Map.of(0, offset)), null);
    return new Replayer(log, codec).rebuild(point, _ -> true, _ -> true);
  }

  @Test
  void what_differs_is_told_by_host_device_and_vector() {
    set("hv-1/0000:01:00.0", 0, 5, 6, 7);
    set("hv-2/0000:01:00.0", 0, 5);
    set("hv-1/0000:01:00.0", 1, -1);
    set("hv-1/0000:02:00.0", 0, 5);
    ImageDiff diff = ImageDiff.between(at(1), at(3));
    assertEquals(Set.of("hv-1"), diff.hosts().keySet());
    assertEquals(
        new ImageDiff.Counts(new VectorCounts(3, 0, 0), new VectorCounts(3, 1, 0)),
        diff.hosts().get("hv-1"));
    ImageDiff.Device first = diff.devices().getFirst();
    assertEquals("hv-1/0000:01:00.0", first.key().toString());
    assertEquals(List.of(1), first.vectors().stream().map(ImageDiff.Vector::number).toList());
    assertEquals(Phase.ARMED, first.vectors().getFirst().from().phase());
    assertEquals(Phase.CACHED, first.vectors().getFirst().to().phase());
    ImageDiff.Device second = diff.devices().get(1);
    assertNull(second.from());
    assertNull(second.vectors().getFirst().from());
    assertEquals(2, diff.devices().size());
  }

  @Test
  void what_changed_back_is_no_difference_and_to_swap_the_points_swaps_the_sides() {
    set("hv-1/0000:01:00.0", 0, 5, 6);
    set("hv-1/0000:01:00.0", 1, -1);
    assertEquals(List.of(), ImageDiff.between(at(1), at(1)).devices());
    ImageDiff.Device there = ImageDiff.between(at(0), at(1)).devices().getFirst();
    ImageDiff.Device back = ImageDiff.between(at(1), at(0)).devices().getFirst();
    assertEquals(there.vectors().getFirst().from(), back.vectors().getFirst().to());
    assertEquals(there.counts().to(), back.counts().from());
  }
}
