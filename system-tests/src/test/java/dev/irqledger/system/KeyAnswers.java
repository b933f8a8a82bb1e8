package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.core.device.DeviceKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks instances for devices over HTTP, and notes where an answer's position goes back. */
final class KeyAnswers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Map<DeviceKey, Long> offsets = new HashMap<>();
  private final List<String> backwards = new ArrayList<>();
  private long answers;
  private long stale;
  private String refusal = "";

  /** Whether the instance that listens there has an answer about the device. */
  boolean ask(int port, DeviceKey device) throws IOException, InterruptedException {
    return ask(port, device, "");
  }

  /** As {@link #ask(int, DeviceKey)}, where an answer that is behind will do. */
  boolean askAlsoStale(int port, DeviceKey device) throws IOException, InterruptedException {
    return ask(port, device, "&stale=allowed");
  }

  private boolean ask(int port, DeviceKey device, String more)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/v1/devices/%s/%s?pageSize=1%s"
                .formatted(port, device.host(), device.bdf(), more));
    HttpResponse<String> response;
    try {
      response =
          client.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      refusal = port + ": " + e;
      return false; // it is not there yet, or was killed
    }
    if (response.statusCode() == 503) {
      refusal = port + ": " + response.body();
      return false;
    }
    if (response.statusCode() != 200) {
      throw new AssertionError(uri + " -> " + response.statusCode() + " " + response.body());
    }
    note(device, JSON.readTree(response.body()));
    return true;
  }

  private void note(DeviceKey device, JsonNode answer) {
    if (answer.get("stale").asBoolean()) {
      stale++; // it may go back, and says so
      return;
    }
    String point = answer.get("position").get("point").asText();
    long offset = Long.parseLong(point.substring(point.indexOf('@') + 1));
    Long before = offsets.put(device, offset);
    if (before != null && before > offset) {
      backwards.add(device + " from " + before + " to " + offset);
    }
    answers++;
  }

  /** Why the last question that was not answered was not. */
  String refusal() {
    return refusal;
  }

  List<String> backwards() {
    return backwards;
  }

  /** How many answers said that they may be behind. */
  long stale() {
    return stale;
  }

  long answers() {
    return answers;
  }

  @Override
  public void close() {
    client.close();
  }
}
