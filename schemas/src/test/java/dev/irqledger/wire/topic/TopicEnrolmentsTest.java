package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.wire.LookupUnavailable;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.avro.SigningPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class TopicEnrolmentsTest {
  private static final long LEAD_MS = TopicEnrolments.LEAD.toMillis();

  private final KeysTopic topic = new KeysTopic();
  private long nowMs = 1_000_000;
  private final TopicEnrolments enrolments = topic.reader(() -> Instant.ofEpochMilli(nowMs));

  @Test
  void the_latest_record_of_a_host_holds() {
    require("hv-1", 10);
    require("hv-1", 20);
    require("hv-2", 30);
    assertTrue(enrolments.of("hv-1", 0).requiredAt(20));
    assertEquals(false, enrolments.of("hv-1", 0).requiredAt(19));
    assertTrue(enrolments.of("hv-2", 0).requiredAt(30));
    assertEquals(false, enrolments.of("hv-3", 0).requiredAt(30));
    assertEquals(1, topic.readings());
    assertTrue(topic.allClosed());
  }

  @Test
  void what_is_written_the_lead_before_an_event_is_known_for_it() {
    assertEquals(false, enrolments.of("hv-1", nowMs).requiredAt(nowMs));
    require("hv-1", 0);
    assertEquals(false, enrolments.of("hv-1", nowMs + LEAD_MS).requiredAt(0));
    assertEquals(1, topic.readings());
    nowMs += LEAD_MS + 1;
    assertTrue(enrolments.of("hv-1", nowMs).requiredAt(0));
    assertEquals(2, topic.readings());
  }

  @Test
  void a_broker_whose_clock_is_ahead_leads_to_one_reading_a_second() {
    long aheadMs = nowMs + 10 * LEAD_MS;
    for (int i = 0; i < 100; i++) {
      enrolments.of("hv-1", aheadMs);
    }
    assertEquals(1, topic.readings());
    nowMs += 1_000;
    enrolments.of("hv-1", aheadMs);
    assertEquals(2, topic.readings());
  }

  @Test
  void a_record_that_nobody_can_read_lifts_nothing() {
    topic.write("hv-1", new byte[] {7});
    assertTrue(enrolments.of("hv-1", 0).requiredAt(0));
  }

  @Test
  void a_host_that_is_taken_out_is_enrolled_no_more() {
    require("hv-1", 0);
    topic.write("hv-1", null);
    assertEquals(false, enrolments.of("hv-1", 0).requiredAt(0));
    assertEquals(Map.of(), enrolments.records());
  }

  @Test
  void a_cluster_that_does_not_answer_is_no_answer() {
    topic.goAway();
    assertThrows(LookupUnavailable.class, () -> enrolments.of("hv-1", 0));
  }

  @Test
  void a_cluster_of_an_older_release_enrols_nobody() {
    TopicEnrolments none =
        new TopicEnrolments(
            () -> new MockConsumer<>("none"),
            SchemaCatalog.releasedOnly(),
            Duration.ofMillis(500),
            () -> Instant.ofEpochMilli(nowMs));
    assertEquals(false, none.of("hv-1", 0).requiredAt(0));
  }

  private void require(String host, long fromMs) {
    topic.write(host, List.of(), List.of(new SigningPeriod(Instant.ofEpochMilli(fromMs), null)));
  }
}
