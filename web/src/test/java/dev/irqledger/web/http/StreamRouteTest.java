package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.point.Point;
import dev.irqledger.web.LedgerStream;
import dev.irqledger.web.PastEvent;
import dev.irqledger.wire.Findings;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamRouteTest {
  private static final HttpLimits TWO_STREAMS =
      new HttpLimits(
          16,
          8,
          2,
          16 * 1024,
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofMillis(50),
          4);

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<InputStream> follow(Api api, String lastEventId) throws Exception {
    var request = api.request("/v1/stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private static BufferedReader lines(HttpResponse<InputStream> stream) {
    return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines, String field) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(field + ": ")) {
        return line.substring(field.length() + 2);
      }
    }
    return fail("the stream ended");
  }

  private static void await(java.util.function.BooleanSupplier met) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!met.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadline < 0, "waited too long");
      Thread.onSpinWait();
    }
  }

  @Test
  void events_and_findings_come_as_documented_with_the_place_behind_each() throws Exception {
    try (Api api = new Api(HttpSettings.loopback(0).withLimits(TWO_STREAMS))) {
      List<PastEvent> history =
          api.ledger.history(DeviceKey.parse("hv-2/0000:01:00.0"), Point.LATEST, -1, 10).events();
      PastEvent gap = history.getLast();
      HttpResponse<InputStream> stream = follow(api, "at-7");
      assertEquals("at-7", api.ledger.followedAfter);
      BufferedReader lines = lines(stream);
      assertEquals("at-7", next(lines, "id"));
      api.ledger.tell(new LedgerStream.Happened(gap.event(), gap.position(), "at-8"));
      assertEquals("event", next(lines, "event"));
      assertEquals("at-8", next(lines, "id"));
      api.document.requireValid("Event", next(lines, "data"));
      api.ledger.tell(
          new LedgerStream.Found(Findings.of(gap.violations().getFirst(), gap.position()), "at-9"));
      assertEquals("finding", next(lines, "event"));
      assertEquals("at-9", next(lines, "id"));
      api.document.requireValid("Finding", next(lines, "data"));
      stream.body().close();
    }
  }

  @Test
  void no_more_clients_follow_than_may_and_one_that_leaves_makes_room() throws Exception {
    try (Api api = new Api(HttpSettings.loopback(0).withLimits(TWO_STREAMS))) {
      HttpResponse<InputStream> first = follow(api, null);
      HttpResponse<InputStream> second = follow(api, null);
      HttpResponse<String> third = api.get("/v1/stream");
      assertEquals(503, third.statusCode());
      api.document.requireDocumented("/v1/stream", third);
      first.body().close();
      await(() -> api.ledger.streams.get() == 1);
      await(() -> {
        try (InputStream again = follow(api, null).body()) {
          return next(lines(second), "id") != null || again != null;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      });
      second.body().close();
    }
  }

  @Test
  void a_stream_ends_when_the_service_does() throws Exception {
    HttpResponse<InputStream> stream;
    Api api = new Api(HttpSettings.loopback(0).withLimits(TWO_STREAMS));
    try (api) {
      stream = follow(api, null);
      assertEquals("at-0", next(lines(stream), "id"));
    }
    await(() -> api.ledger.streams.get() == 0);
  }
}
