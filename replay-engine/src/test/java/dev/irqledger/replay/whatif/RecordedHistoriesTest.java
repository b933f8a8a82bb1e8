package dev.irqledger.replay.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.RecordingFormat;
import dev.irqledger.recordings.RecordingParser;
import dev.irqledger.recordings.Samples;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real kernels did, made again. */
class RecordedHistoriesTest {
  private static final String HOST = "hv";

  static List<String> samples() {
    return Samples.names();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_kernels_own_policy_gives_what_was_recorded(String sample) {
    assertSame(again(sample, ReleasePolicy.KERNEL, PoolSizes.UNKNOWN, body -> body));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void it_does_so_where_nobody_looked_after_the_calls(String sample) {
    assertSame(
        again(sample, ReleasePolicy.KERNEL, PoolSizes.UNKNOWN, RecordedHistoriesTest::blind));
  }

  @Test
  void the_recorded_host_had_as_many_cpu_vectors_as_were_measured() {
    HostAccount host =
        again(Samples.EXHAUSTION, ReleasePolicy.KERNEL, PoolSizes.UNKNOWN, body -> body);
    assertEquals(new PoolSizes(387, null), host.sizes());
    assertEquals(3, host.shortages().count(Side.LOG));
    assertTrue(host.shortages().told().stream().allMatch(each -> each.pool() == Pool.CPU_VECTORS));
    assertSame(
        again(Samples.EXHAUSTION, ReleasePolicy.KERNEL, new PoolSizes(387, 65_536), body -> body));
  }

  @Test
  void with_more_cpu_vectors_the_recorded_host_would_not_have_run_out() {
    HostAccount host =
        again(Samples.EXHAUSTION, ReleasePolicy.KERNEL, new PoolSizes(500, null), body -> body);
    assertEquals(3, host.shortages().count(Shortage.Kind.AVOIDED));
    assertEquals(0, host.shortages().count(Side.POLICY));
    assertEquals(500, host.peak(Side.POLICY, Pool.CPU_VECTORS).most());
    assertEquals(4, Optional.ofNullable(host.parting()).orElseThrow().position().offset());
  }

  private static void assertSame(HostAccount host) {
    assertNull(host.parting());
    assertEquals(host.totals(Side.LOG), host.totals(Side.POLICY));
    for (Pool pool : Pool.values()) {
      assertEquals(host.peak(Side.LOG, pool), host.peak(Side.POLICY, pool));
    }
    assertEquals(0, host.shortages().count(Shortage.Kind.AVOIDED));
    assertEquals(0, host.shortages().count(Shortage.Kind.CAUSED));
    assertEquals(0, host.cost().allocatedAgain());
  }

  private static HostAccount again(
      String sample, ReleasePolicy policy, PoolSizes sizes, UnaryOperator<EventBody> told) {
    InMemoryLog log = new InMemoryLog(1);
    RecordingParser parser =
        Samples.lines(sample).stream()
            .flatMap(line -> RecordingFormat.detect(line).stream())
            .findFirst()
            .orElseThrow()
            .newParser();
    long number = 0;
    for (String line : Samples.lines(sample)) {
      parser.line(
          ++number,
          line,
          parsed -> {
            if (parsed instanceof Operation operation) {
              var _ = log.append(HOST + "/" + operation.device(), told.apply(operation.body()));
            }
          });
    }
    parser.end(_ -> {});
    EventCodec codec = EventCodec.releasedOnly();
    WhatIf whatIf = new WhatIf(policy, sizes, Map.of());
    var _ =
        new Replayer(log, codec)
            .replay(
                new PointResolver(log, codec, InstantSource.system()).resolve(Point.LATEST, null),
                _ -> true,
                _ -> true,
                whatIf);
    return Optional.ofNullable(whatIf.hosts().get(HOST)).orElseThrow();
  }

  private static EventBody blind(EventBody body) {
    return switch (body) {
      case InterruptsSet set ->
          new InterruptsSet(set.call(), set.result(), set.latencyNanos(), null);
      case DeviceReset reset -> new DeviceReset(reset.result(), reset.latencyNanos(), null);
      case DeviceReleased released -> new DeviceReleased(released.cause(), null);
      default -> body;
    };
  }
}
