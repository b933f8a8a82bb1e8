package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a service says, once it has judged all that it folded, about everything that it has. */
final class GoldenAnswers {
  private static final String DEVICES = "/v1/devices";
  private static final String HOSTS = "/v1/hosts";
  private static final String FINDINGS = "/v1/violations?pageSize=1000";

  private GoldenAnswers() {}

  /** Its answers, by the paths that were asked. */
  static SortedMap<String, JsonNode> of(ServedInstance service) throws Exception {
    SortedMap<String, JsonNode> answers = new TreeMap<>();
    JsonNode hosts = service.await(HOSTS);
    JsonNode devices = service.await(DEVICES);
    answers.put(HOSTS, hosts);
    answers.put(DEVICES, devices);
    for (JsonNode device : devices.get("devices")) {
      String path =
          "/v1/devices/%s/%s?pageSize=2048"
              .formatted(device.get("host").asText(), device.get("device").asText());
      answers.put(path, service.await(path));
    }
    for (JsonNode host : hosts.get("hosts")) {
      String path = "/v1/hosts/" + host.get("host").asText() + "/pressure";
      answers.put(path, service.await(path, pressure -> sums(pressure, host)));
    }
    answers.put(FINDINGS, service.await(FINDINGS));
    return answers;
  }

  /** Whether a host's pressure has what its devices have, and its agent's word on what there is. */
  private static boolean sums(JsonNode pressure, JsonNode host) {
    JsonNode entries = pressure.at("/pools/1");
    return !pressure.at("/pools/0/capacity").isNull()
        && Stream.of("armed", "cached", "reserved")
            .allMatch(what -> entries.get(what).equals(host.get(what)));
  }

  /** Whether every value that was told is told again; what is told beside is a later release's. */
  static boolean retold(JsonNode was, JsonNode is) {
    if (was.isObject()) {
      return was.properties().stream()
          .allMatch(
              field -> is.has(field.getKey()) && retold(field.getValue(), is.get(field.getKey())));
    }
    if (was.isArray()) {
      return was.size() == is.size()
          && IntStream.range(0, was.size()).allMatch(i -> retold(was.get(i), is.get(i)));
    }
    return was.equals(is);
  }
}
