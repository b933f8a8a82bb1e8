package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.topic.Topic;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one log: either answers for any host, and nothing goes back. */
@Timeout(300)
class HttpApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DEVICES =
      IntStream.range(0, 12).mapToObj("hv-%d/0000:01:00.0"::formatted).toList();

  private final EventSealer sealer =
      new EventSealer(EventCodec.releasedOnly(), 1, "boot", KnownHeads.FIRST_EPOCH);
  private long events;
  @TempDir private Path folder;
  private TestBroker broker;
  private ServedInstance one;
  private ServedInstance other;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.withTopics(4);
    one = ServedInstance.start(broker, folder.resolve("one"));
    other = ServedInstance.start(broker, folder.resolve("other"));
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    other.close();
    broker.close();
  }

  private SealedEvent seal(String device, int... fds) {
    return sealer.seal(
        EventIds.imported(new byte[] {3}, ++events),
        DeviceKey.parse(device),
        Source.AGENT_CALL,
        Actor.UNKNOWN,
        1_790_000_000_000_000L + events,
        new InterruptsSet(SetIrqs.triggers(IrqIndex.MSIX, 0, fds), OptionalInt.of(0), 0, null));
  }

  private void happen(String device, int... fds) throws Exception {
    broker.append(Topic.EVENTS.topicName(), device, seal(device, fds).bytes());
  }

  private void everythingHappens() throws Exception {
    for (String device : DEVICES) {
      happen(device, 3, 4, 5);
      happen(device, -1);
    }
  }

  private static String path(String device) {
    return "/v1/devices/" + device;
  }

  private static long offset(JsonNode answer) {
    String point = answer.get("position").get("point").asText();
    return Long.parseLong(point.substring(point.indexOf('@') + 1));
  }

  private static long sequence(JsonNode answer) {
    return answer.get("device").get("sequence").asLong();
  }

  @Test
  void either_instance_answers_for_any_device_and_both_alike() throws Exception {
    everythingHappens();
    one.await("/readyz");
    other.await("/readyz");
    for (String device : DEVICES) {
      JsonNode answer = one.await(path(device), a -> sequence(a) == 2);
      assertEquals(answer, other.await(path(device), a -> sequence(a) == 2));
      assertEquals(
          List.of("CACHED", "ARMED", "ARMED"), answer.get("vectors").findValuesAsText("phase"));
      String point = answer.get("position").get("point").asText();
      assertEquals(answer, other.await(path(device) + "?at=" + point));
    }
    one.awaitAbsence(path("hv-0/0000:09:00.0"));
    other.awaitAbsence(path("hv-0/0000:09:00.0"));
    JsonNode list = one.await("/v1/devices", a -> complete(a.get("devices")));
    assertEquals(list, other.await("/v1/devices", a -> complete(a.get("devices"))));
    assertEquals(DEVICES.size(), one.await("/v1/hosts").get("hosts").size());
    one.await("/v1/hosts/hv-3/pressure");
    other.await("/v1/hosts/hv-3/pressure");
  }

  private static boolean complete(JsonNode devices) {
    return devices.size() == DEVICES.size()
        && devices.findValuesAsText("sequence").stream().allMatch("2"::equals);
  }

  @Test
  void a_list_is_the_same_from_an_instance_that_did_not_make_its_first_page() throws Exception {
    everythingHappens();
    JsonNode first = one.await("/v1/devices?pageSize=5", a -> everythingIn(a));
    other.await("/readyz");
    happen(DEVICES.getFirst(), 9, 9, 9);
    String next = "/v1/devices?pageSize=100&cursor=" + first.get("next").asText();
    JsonNode second = other.await(next);
    assertEquals(first.get("position"), second.get("position"));
    assertEquals(second, one.await(next));
    Set<String> hosts = new TreeSet<>(first.get("devices").findValuesAsText("host"));
    hosts.addAll(second.get("devices").findValuesAsText("host"));
    assertEquals(DEVICES.size(), hosts.size());
  }

  /** The first page is of a time when all that happened had been folded. */
  private static boolean everythingIn(JsonNode page) {
    String point = page.get("position").get("point").asText();
    long records = 0;
    for (String partition : point.substring("offset:".length()).split(",", -1)) {
      records += Long.parseLong(partition.substring(partition.indexOf('@') + 1)) + 1;
    }
    return records == 2L * DEVICES.size();
  }

  @Test
  void findings_and_histories_are_told_as_of_one_position() throws Exception {
    everythingHappens();
    String device = DEVICES.getFirst();
    seal(device, 7);
    happen(device, 8);
    JsonNode found = other.await("/v1/violations", a -> !a.get("violations").isEmpty());
    JsonNode gap = found.get("violations").get(0);
    assertEquals("SEQUENCE_GAP", gap.get("rule").asText());
    JsonNode alone =
        one.await("/v1/violations?kind=LOG&host=hv-0", a -> a.get("violations").size() == 1);
    assertEquals(gap, alone.get("violations").get(0));
    assertEquals(0, one.await("/v1/violations?host=hv-1").get("violations").size());
    JsonNode history = one.await(path(device) + "/history?pageSize=2");
    assertEquals(2, history.get("events").size());
    JsonNode rest = other.await(path(device) + "/history?cursor=" + history.get("next").asText());
    assertEquals(1, rest.get("events").size());
    assertEquals(gap.get("id"), rest.get("events").get(0).get("violations").get(0).get("id"));
  }

  @Test
  void no_answer_goes_back_while_the_log_grows_and_an_instance_ends() throws Exception {
    everythingHappens();
    one.await("/readyz");
    other.await("/readyz");
    Map<String, Long> reached = new HashMap<>();
    for (String device : DEVICES) {
      reached.put(device, offset(one.await(path(device), a -> sequence(a) == 2)));
    }
    int answers = 0;
    for (int round = 0; round < 12; round++) {
      if (round == 6) {
        one.close();
      }
      for (String device : DEVICES) {
        happen(device, 10 + round, -1);
        for (ServedInstance instance : round < 6 ? List.of(one, other) : List.of(other)) {
          HttpResponse<String> answer = instance.ask(path(device));
          assertTrue(Set.of(200, 503).contains(answer.statusCode()), answer.body());
          if (answer.statusCode() == 200) {
            long offset = offset(JSON.readTree(answer.body()));
            assertTrue(offset >= reached.get(device), answer.body());
            reached.put(device, offset);
            answers++;
          }
        }
      }
    }
    assertTrue(answers > 0);
    for (String device : DEVICES) {
      other.await(path(device), a -> sequence(a) == 14);
    }
  }

  @Test
  void a_client_of_the_stream_that_comes_back_elsewhere_misses_nothing() throws Exception {
    one.await("/readyz");
    other.await("/readyz");
    Set<String> seen = new HashSet<>();
    String place = follow(one, null, 0, seen);
    everythingHappens();
    place = follow(one, place, 5, seen);
    assertNotEquals(2 * DEVICES.size(), seen.size());
    follow(other, place, 2 * DEVICES.size(), seen);
    assertEquals(2 * DEVICES.size(), seen.size());
  }

  /** Reads until that many events were seen; the place to go on from. */
  private static String follow(ServedInstance instance, String after, int until, Set<String> seen)
      throws Exception {
    var request = instance.request("/v1/stream");
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    HttpResponse<InputStream> stream =
        instance.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, stream.statusCode());
    List<String> places = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      while (places.isEmpty() || seen.size() < until) {
        String line = lines.readLine();
        if (line.startsWith("id: ")) {
          places.add(line.substring(4));
        } else if (line.startsWith("data: ")) {
          JsonNode event = JSON.readTree(line.substring(6));
          assertTrue(seen.add(event.get("id").asText()), "twice: " + line);
        }
      }
    }
    return places.getLast();
  }
}
