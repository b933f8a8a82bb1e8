package dev.irqledger.service.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.web.http.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusedRequestsTest {
  private final List<String> lines = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow

  @Test
  void all_are_counted_and_one_a_minute_is_told_for_each_reason() {
    RefusedRequests refused = new RefusedRequests(registry, nanos::get, lines::add);
    for (int i = 0; i < 1000; i++) {
      refused.refused(Refusal.WRONG_TOKEN, "10.0.0.7");
    }
    refused.refused(Refusal.HANDSHAKE, "10.0.0.8");
    assertEquals(2, lines.size(), lines.toString());
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    refused.refused(Refusal.WRONG_TOKEN, "10.0.0.7");
    assertEquals(
        "refused a request from 10.0.0.7: another token was shown; 1001 since the start"
            + " (irq_ledger_http_refused_total)",
        lines.getLast());
    assertEquals(3, lines.size());
    assertEquals(1001, count("wrong_token"));
    assertEquals(1, count("handshake"));
    assertEquals(0, count("no_token"));
  }

  private double count(String reason) {
    return registry.get("irq.ledger.http.refused").tag("reason", reason).counter().count();
  }
}
