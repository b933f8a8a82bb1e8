package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irqledger.web.QueryException;
import dev.irqledger.web.QueryException.Kind;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerHttpTest {
  private Api api;

  @BeforeAll
  void serve() {
    api = Api.open();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private JsonNode ok(String path, String pathAndQuery) {
    HttpResponse<String> answer = api.get(pathAndQuery);
    assertEquals(200, answer.statusCode(), answer.body());
    api.document.requireDocumented(path, answer);
    return ApiDocument.parse(answer.body());
  }

  @Test
  void the_document_has_every_route_and_no_other() {
    HttpSettings settings = HttpSettings.loopback(0);
    Set<String> served =
        LedgerHttp.routes(
                settings,
                new Listener(settings),
                api.ledger,
                new StreamRoute(api.ledger, settings.limits()),
                () -> "",
                Refusals.UNCOUNTED)
            .handlers()
            .keySet();
    assertEquals(served, new HashSet<>(api.document.paths()));
  }

  @Test
  void hosts_add_up_their_devices() {
    JsonNode hosts = ok("/v1/hosts", "/v1/hosts").get("hosts");
    assertEquals(2, hosts.size());
    assertEquals("hv-1", hosts.get(0).get("host").asText());
    assertEquals(2, hosts.get(0).get("devices").asInt());
    assertEquals(3, hosts.get(0).get("armed").asInt());
    assertEquals(1, hosts.get(0).get("cached").asInt());
    assertEquals(1, hosts.get(1).get("uncertain").asInt());
  }

  @Test
  void devices_are_those_of_a_host_where_one_is_named() {
    JsonNode devices = ok("/v1/devices", "/v1/devices?host=hv-1");
    assertEquals(2, devices.get("devices").size());
    assertEquals("msix", devices.get("devices").get(0).get("mode").asText());
    assertTrue(devices.get("next").isNull());
  }

  @Test
  void the_pages_of_a_list_are_cut_at_one_position_while_the_log_grows() {
    try (Api own = Api.open()) {
      List<String> seen = new ArrayList<>();
      Set<String> positions = new HashSet<>();
      String next = "";
      do {
        HttpResponse<String> answer = own.get("/v1/devices?pageSize=1" + next);
        assertEquals(200, answer.statusCode(), answer.body());
        JsonNode page = ApiDocument.parse(answer.body());
        page.get("devices")
            .forEach(d -> seen.add(d.get("host").asText() + "/" + d.get("device").asText()));
        positions.add(page.get("position").get("point").asText());
        own.log.arm("hv-1/0000:%02x:00.0".formatted(0x40 + seen.size()), 1);
        next = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
      } while (next != null);
      assertEquals(List.of("hv-1/0000:01:00.0", "hv-1/0000:02:00.0", "hv-2/0000:01:00.0"), seen);
      assertEquals(1, positions.size());
    }
  }

  @Test
  void a_device_shows_its_vectors_by_page_at_one_position() {
    try (Api own = Api.open()) {
      JsonNode first = ApiDocument.parse(own.get(Api.DEVICE + "?pageSize=2").body());
      own.log.trigger("hv-1/0000:01:00.0", -1, -1, -1);
      JsonNode second =
          ApiDocument.parse(
              own.get(Api.DEVICE + "?pageSize=2&cursor=" + first.get("next").asText()).body());
      assertEquals(first.get("position"), second.get("position"));
      assertEquals("ARMED", second.get("vectors").get(0).get("phase").asText());
      assertEquals(2, second.get("vectors").get(0).get("vector").asInt());
      assertTrue(second.get("next").isNull());
      JsonNode now = ApiDocument.parse(own.get(Api.DEVICE).body());
      assertNotEquals(first.get("position"), now.get("position"));
    }
  }

  @Test
  void a_device_is_shown_as_it_was() {
    String path = "/v1/devices/{host}/{device}";
    JsonNode now = ok(path, Api.DEVICE);
    assertEquals("CACHED", now.get("vectors").get(1).get("phase").asText());
    JsonNode history = ok(path + "/history", Api.DEVICE + "/history");
    String point = history.get("events").get(1).get("event").get("position").get("point").asText();
    JsonNode then = ok(path, Api.DEVICE + "?at=" + point);
    assertEquals("ARMED", then.get("vectors").get(1).get("phase").asText());
    assertEquals(point, then.get("position").get("point").asText());
    String event = history.get("events").get(1).get("event").get("id").asText();
    assertEquals(then, ok(path, Api.DEVICE + "?at=event:" + event));
  }

  @Test
  void a_history_comes_by_page_and_ends_where_it_ended_first() {
    String path = "/v1/devices/{host}/{device}/history";
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = ok(path, Api.DEVICE + "/history?pageSize=1" + next);
      page.get("events").forEach(e -> seen.add(e.get("event").get("type").asText()));
      next = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asText();
    } while (next != null);
    assertEquals(List.of("DeviceOpened", "InterruptsSet", "InterruptsSet"), seen);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                                  2
          ?host=hv-2,                          2
          ?host=hv-1,                          0
          ?rule=SEQUENCE_GAP,                  2
          ?rule=CHAIN_BROKEN,                  0
          ?kind=LOG,                           2
          ?kind=KERNEL,                        0
          ?device=0000:01:00.0,                2
          ?device=0000:02:00.0,                0
          ?since=2030-01-01T00:00:00Z,         0
          ?since=2026-01-01T00:00:00%2B01:00,  2
          """)
  void findings_are_filtered(String query, int found) {
    JsonNode page = ok("/v1/violations", "/v1/violations" + query);
    assertEquals(found, page.get("violations").size(), page.toString());
  }

  @Test
  void findings_come_by_page() {
    JsonNode first = ok("/v1/violations", "/v1/violations?pageSize=1");
    JsonNode second =
        ok("/v1/violations", "/v1/violations?pageSize=1&cursor=" + first.get("next").asText());
    assertNotEquals(
        first.get("violations").get(0).get("id"), second.get("violations").get(0).get("id"));
    assertEquals(first.get("position"), second.get("position"));
    assertTrue(second.get("next").isNull());
  }

  @Test
  void whoever_watches_gets_plain_answers() {
    assertEquals("alive", ok("/healthz", "/healthz").get("status").asText());
    assertEquals("ready", ok("/readyz", "/readyz").get("status").asText());
    assertEquals("irq_up 1\n", api.get("/metrics").body());
    assertEquals("3.1.0", ok("/openapi.json", "/openapi.json").get("openapi").asText());
    ok("/v1/hosts/{host}/pressure", "/v1/hosts/hv-1/pressure");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET,    /nothing,                                           404, not-found
          GET,    /v1,                                                404, not-found
          GET,    /v1/devices/hv-1/0000:09:00.0,                      404, not-found
          GET,    /v1/devices/hv-1/0000:09:00.0/history,              404, not-found
          GET,    /v1/hosts/hv-9/pressure,                            404, not-found
          GET,    /v1/devices/hv-1/1:00.0,                            400, bad-parameter
          GET,    /v1/devices/-/0000:01:00.0,                         400, bad-parameter
          GET,    /v1/devices?host=-,                                 400, bad-parameter
          GET,    /v1/devices?pageSize=0,                             400, bad-parameter
          GET,    /v1/devices?pageSize=1001,                          400, bad-parameter
          GET,    /v1/devices?pageSize=one,                           400, bad-parameter
          GET,    /v1/devices?pagesize=1,                             400, bad-parameter
          GET,    /v1/devices?pageSize=1&pageSize=2,                  400, bad-parameter
          GET,    /v1/devices?cursor=abc,                             400, bad-parameter
          GET,    /v1/devices?at=yesterday,                           400, bad-parameter
          GET,    /v1/devices?at=offset:9@0,                          400, no-such-point
          GET,    /v1/devices?at=host-time:2026-01-01T00:00:00Z,      400, no-such-point
          GET,    /v1/devices?at=time:2126-01-01T00:00:00Z,           400, no-such-point
          GET,    /v1/violations?kind=OTHER,                          400, bad-parameter
          GET,    /v1/violations?since=now,                           400, bad-parameter
          GET,    /v1/stream?after=nowhere,                           400, no-such-point
          GET,    /healthz?verbose=1,                                 400, bad-parameter
          GET,    /v1/devices/hv-1%2F/0000:01:00.0,                   400, bad-request
          POST,   /v1/devices,                                        405, method-not-allowed
          DELETE, /v1/devices/hv-1/0000:01:00.0,                      405, method-not-allowed
          """)
  void what_cannot_be_answered_is_a_problem(String method, String path, int status, String type) {
    HttpResponse<String> answer =
        api.send(api.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertEquals(status, answer.statusCode(), answer.body());
    api.document.requireProblem(answer);
    assertEquals(
        "urn:irq-ledger:problem:" + type, ApiDocument.parse(answer.body()).get("type").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_READY, 503, not-ready, 1",
    "BUSY, 503, busy, 1",
    "UNREACHABLE, 503, unreachable, 1",
    "TOO_LONG, 504, too-long, ''"
  })
  void a_ledger_that_cannot_answer_says_when_to_ask_again(
      Kind kind, int status, String type, String retryAfter) {
    try (Api own = Api.open()) {
      own.ledger.trouble = new QueryException(kind, "not now");
      for (String path : List.of("/v1/hosts", "/v1/devices", Api.DEVICE, "/v1/violations")) {
        HttpResponse<String> answer = own.get(path);
        assertEquals(status, answer.statusCode());
        own.document.requireProblem(answer);
        assertTrue(answer.body().contains(type), answer.body());
        assertEquals(retryAfter, answer.headers().firstValue("Retry-After").orElse(""));
      }
      assertEquals(200, own.get("/healthz").statusCode());
      assertEquals(200, own.get("/metrics").statusCode());
    }
  }

  @Test
  void a_question_with_a_body_or_endless_headers_is_refused() {
    HttpResponse<String> body =
        api.send(api.request("/v1/hosts").method("GET", HttpRequest.BodyPublishers.ofString("{}")));
    assertEquals(413, body.statusCode());
    api.document.requireProblem(body);
    HttpResponse<String> headers =
        api.send(api.request("/v1/hosts").header("X-Long", "x".repeat(20_000)));
    assertEquals(431, headers.statusCode());
    api.document.requireProblem(headers);
    HttpResponse<String> address = api.get("/v1/hosts?cursor=" + "x".repeat(20_000));
    assertEquals(414, address.statusCode());
    api.document.requireProblem(address);
  }

  @Test
  void a_page_of_the_web_whose_name_leads_here_is_refused() throws Exception {
    String asked = "GET /v1/hosts HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
      assertTrue(answer.contains("urn:irq-ledger:problem:misdirected"), answer);
    }
  }

  @Test
  void answers_are_not_to_be_kept_and_name_no_server() {
    HttpResponse<String> answer = api.get("/v1/hosts");
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    assertFalse(answer.headers().firstValue("Server").isPresent());
  }
}
