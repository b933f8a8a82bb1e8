package dev.irqledger.replay;

import static dev.irqledger.replay.ReplayException.Kind.NO_SUCH_POINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records 0, 2 and 4 are host a's, 1 and 3 another host's; one second lies between two. */
class PointResolverTest {
  private static final String A = "a/0000:01:00.0";
  private static final String OTHER =
      IntStream.range(0, 100)
          .mapToObj(i -> "b" + i)
          .filter(h -> HostPartitioner.partition(h, 2) != HostPartitioner.partition("a", 2))
          .findFirst()
          .orElseThrow();
  private static final String B = OTHER + "/0000:01:00.0";
  private final InMemoryLog log = new InMemoryLog(2);
  private InterruptEvent third;

  @BeforeEach
  void fill() {
    for (int i = 0; i < 5; i++) {
      InterruptEvent event = log.append(i % 2 == 0 ? A : B, new CommandRefused("test"));
      third = i == 2 ? event : third;
    }
  }

  private String resolve(String point, @Nullable String host) {
    InstantSource clock = InstantSource.fixed(InMemoryLog.timeOf(100_000));
    ResolvedPoint resolved =
        new PointResolver(log, EventCodec.releasedOnly(), clock)
            .resolve(PointParser.parse(point), host);
    return "a@"
        + resolved.last().get(HostPartitioner.partition("a", 2))
        + " b@"
        + resolved.last().get(HostPartitioner.partition(OTHER, 2));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          latest,                            a@2 b@1
          earliest,                          a@-1 b@-1
          time:1969-12-31T23:59:59Z,         a@-1 b@-1
          time:-999999999-01-01T00:00:00Z,   a@-1 b@-1
          time:2025-12-31T23:59:59Z,         a@-1 b@-1
          time:2026-01-01T00:00:00Z,         a@0 b@-1
          time:2026-01-01T00:00:01.500Z,     a@0 b@0
          time:2026-01-01T01:00:02+01:00,    a@1 b@0
          time:2026-01-01T00:00:04Z,         a@2 b@1
          time:2026-01-01T00:30:00Z,         a@2 b@1
          """)
  void a_point_in_log_time_includes_all_up_to_it(String point, String resolved) {
    assertEquals(resolved, resolve(point, null));
  }

  @Test
  void a_host_time_long_before_any_host_is_before_its_first_event() {
    assertEquals("a@-1 b@-1", resolve("host-time:-999999999-01-01T00:00:00Z", "a"));
    assertEquals("a@-1 b@-1", resolve("host-time:1969-12-31T23:59:59Z", "a"));
  }

  @Test
  void after_an_event_its_partition_ends_there_and_the_others_at_its_log_time() {
    assertEquals("a@1 b@0", resolve("event:" + third.id(), null));
  }

  @Test
  void a_host_time_ends_before_the_hosts_first_event_that_is_later() {
    assertEquals("a@0 b@0", resolve("host-time:2026-01-01T01:00:01Z", "a"));
    assertEquals("a@2 b@1", resolve("host-time:2026-01-01T01:00:59Z", "a"));
  }

  @Test
  void offsets_include_the_named_record() {
    int a = HostPartitioner.partition("a", 2);
    assertEquals("a@1 b@-1", resolve("offset:" + a + "@1," + (1 - a) + "@-1", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          offset:0@0                                      | has records and is not named
          offset:0@0,1@99                                 | is not there yet
          offset:0@0,1@0,7@0                              | no partition 7
          time:2099-01-01T00:00:00Z                       | in the future
          event:00000000-0000-7000-8000-000000000000      | no event of the log
          """)
  void what_the_log_does_not_hold_is_an_error_that_says_why(String point, String why) {
    ReplayException e = assertThrows(ReplayException.class, () -> resolve(point, null));
    assertEquals(NO_SUCH_POINT, e.kind());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void a_host_time_without_a_host_is_a_wrong_use() {
    ReplayException e =
        assertThrows(ReplayException.class, () -> resolve("host-time:2026-01-01T01:00:00Z", null));
    assertEquals(ReplayException.Kind.WRONG_USE, e.kind());
  }

  @Test
  void with_a_host_only_its_partition_needs_to_be_named() {
    int a = HostPartitioner.partition("a", 2);
    assertEquals("a@1 b@-1", resolve("offset:" + a + "@1", "a"));
  }

  @Test
  void the_token_of_a_resolved_point_resolves_to_itself() {
    PointResolver resolver =
        new PointResolver(log, EventCodec.releasedOnly(), InstantSource.system());
    ResolvedPoint latest = resolver.resolve(PointParser.parse("latest"), null);
    assertEquals(latest, resolver.resolve(PointParser.parse(latest.token()), null));
  }
}
