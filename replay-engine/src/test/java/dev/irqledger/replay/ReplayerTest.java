package dev.irqledger.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.state.Phase;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReplayerTest {
  private static final String DEVICE = "hv/0000:01:00.0";
  private final InMemoryLog log = new InMemoryLog(1);

  private void arm(int... fds) {
    log.append(
        DEVICE,
        new InterruptsSet(SetIrqs.triggers(IrqIndex.MSIX, 0, fds), OptionalInt.of(0), 0, null));
  }

  private Image replay(Point point) {
    EventCodec codec = EventCodec.releasedOnly();
    ResolvedPoint resolved =
        new PointResolver(log, codec, InstantSource.system()).resolve(point, null);
    return new Replayer(log, codec).rebuild(resolved, _ -> true, _ -> true);
  }

  private Phase phase(Image image) {
    return image.devices().firstEntry().getValue().state().interrupts().vectors().phase(0);
  }

  @Test
  void each_offset_gives_the_state_after_it() {
    arm(3);
    arm(-1);
    arm(4);
    assertTrue(replay(Point.EARLIEST).devices().isEmpty());
    assertEquals(Phase.ARMED, phase(replay(Point.Offsets.of(Map.of(0, 0L)))));
    assertEquals(Phase.CACHED, phase(replay(Point.Offsets.of(Map.of(0, 1L)))));
    Image latest = replay(Point.LATEST);
    assertEquals(Phase.ARMED, phase(latest));
    assertEquals(2, latest.devices().firstEntry().getValue().position().offset());
    assertEquals(InMemoryLog.timeOf(2).toEpochMilli(), latest.logTimeMillis());
  }

  @Test
  void an_unreadable_record_is_counted_and_the_replay_goes_on() {
    arm(3);
    log.append(0, new byte[] {1, 2, 3});
    arm(-1);
    Image image = replay(Point.LATEST);
    assertEquals(1, image.unreadable().count());
    assertTrue(image.unreadable().first().startsWith("partition 0 offset 1: "));
    assertEquals(Phase.CACHED, phase(image));
  }

  @Test
  void a_log_without_its_beginning_is_refused() {
    arm(3);
    arm(-1);
    log.cut(0, 1);
    ReplayException e = assertThrows(ReplayException.class, () -> replay(Point.LATEST));
    assertEquals(ReplayException.Kind.LOG_CUT, e.kind());
  }
}
