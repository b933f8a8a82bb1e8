package dev.irqledger.replay.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.timeline.Lifelines.Span;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final String ONE = "hv/0000:01:00.0";
  private static final String OTHER = "hv/0000:02:00.0";
  private final InMemoryLog log = new InMemoryLog(1);

  private void set(String device, SetIrqs call, int result) {
    log.append(device, new InterruptsSet(call, OptionalInt.of(result), 0, null));
  }

  private void triggers(String device, int start, int... fds) {
    set(device, SetIrqs.triggers(IrqIndex.MSIX, start, fds), 0);
  }

  private Timeline after(long last) {
    Timeline timeline = new Timeline(new ResolvedPoint(new TreeMap<>(Map.of(0, last))));
    EventCodec codec = EventCodec.releasedOnly();
    ResolvedPoint end =
        new PointResolver(log, codec, InstantSource.system()).resolve(Point.LATEST, null);
    var _ = new Replayer(log, codec).replay(end, _ -> true, _ -> true, timeline);
    return timeline;
  }

  private static long at(int record) {
    return InMemoryLog.timeOf(record).toEpochMilli();
  }

  @Test
  void what_was_there_before_is_where_lines_begin() {
    triggers(ONE, 0, 5, 6);
    triggers(OTHER, 0, 7);
    triggers(ONE, 1, -1);
    set(OTHER, SetIrqs.disable(IrqIndex.MSIX), 0);
    Timeline timeline = after(1);
    assertEquals(2, timeline.events());
    assertEquals(
        List.of(new VectorCounts(3, 0, 0), new VectorCounts(2, 1, 0), new VectorCounts(1, 1, 0)),
        timeline.pools().get("hv").samples().stream().map(Series.Sample::held).toList());
    assertEquals(
        List.of(
            new Span(1, Phase.ARMED, at(2), at(2)),
            new Span(0, Phase.ARMED, at(2), at(3)),
            new Span(1, Phase.CACHED, at(2), at(3))),
        timeline.lives().get(DeviceKey.parse(ONE)).spans(timeline.lastMillis()));
  }

  @Test
  void an_empty_pool_is_noted() {
    triggers(ONE, 0, 5);
    set(ONE, SetIrqs.triggers(IrqIndex.MSIX, 1, 6), Errno.ENOSPC.result());
    Timeline timeline = after(-1);
    assertEquals(1, timeline.noteCount());
    assertEquals(Pool.CPU_VECTORS, timeline.notes().getFirst().pool());
  }

  @Test
  void of_a_long_history_the_peak_is_kept_and_no_more_than_can_be_drawn() {
    Series series = new Series();
    for (int i = 0; i < 1_000_000; i++) {
      series.add(new Series.Sample(i, new VectorCounts(i == 777_777 ? 99 : i % 7, 0, 0)));
    }
    List<Series.Sample> samples = series.samples();
    assertTrue(samples.size() <= 4097 && samples.size() > 1000, samples.size() + " samples");
    assertTrue(samples.stream().anyMatch(s -> s.held().armed() == 99));
    assertTrue(samples.getFirst().logTimeMillis() < 1000);
  }
}
