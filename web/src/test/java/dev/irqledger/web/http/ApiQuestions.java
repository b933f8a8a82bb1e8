package dev.irqledger.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Requests made from the API's document, with parameters that it allows and parameters that it does
 * not, about hosts {@code hv-1} to {@code hv-3}. So that faults deep inside are found too, most of
 * a question is sound.
 */
public final class ApiQuestions {
  private static final ApiDocument DOCUMENT = new ApiDocument();

  /** Texts that have hurt others. */
  private static final List<String> BROKEN =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "0",
          "1e9",
          "99999999999999999999",
          "../..",
          "%",
          "%00",
          "\u0000",
          "'",
          "\"",
          "<script>",
          "${jndi:x}",
          "{host}",
          "\ud83d\ude00",
          "a\r\nX: y",
          ";",
          "&",
          "#",
          "offset:",
          "offset:0@",
          "offset:0@-2",
          "offset:0@999999999999999999",
          "time:",
          "time:+999999999-12-31T23:59:59Z",
          "time:-999999999-01-01T00:00:00Z",
          "host-time:2026-01-01T00:00:00Z",
          "event:0",
          "x".repeat(4096),
          "x".repeat(5000));

  /** The files of the console; none where it could not be built. */
  private static final List<String> ASSETS = assets();

  private ApiQuestions() {}

  private static List<String> assets() {
    try (InputStream list = ApiQuestions.class.getResourceAsStream("console/assets.txt")) {
      return list == null
          ? List.of()
          : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A request.
   *
   * @param path the path of the document that it is made from
   * @param address path and query as they are sent
   * @param lastEventId that header; empty where it is not sent
   */
  public record Question(String path, String address, String lastEventId) {}

  public static Arbitrary<Question> all() {
    return Arbitraries.frequency(
            DOCUMENT.paths().stream()
                .filter(path -> !path.endsWith("{file}") || !ASSETS.isEmpty())
                .map(ApiQuestions::weighed)
                .toList())
        .flatMap(ApiQuestions::of)
        .withoutEdgeCases(); // they would ask mostly for the first path
  }

  /** The more parameters, the more can go wrong, and the more often it is asked. */
  private static Tuple2<Integer, String> weighed(String path) {
    return Tuple.of(1 + DOCUMENT.parameters(path).size(), path);
  }

  private static Arbitrary<Question> of(String path) {
    List<Arbitrary<Part>> parts = new ArrayList<>();
    for (JsonNode parameter : DOCUMENT.parameters(path)) {
      parts.add(part(parameter));
    }
    return Combinators.combine(parts).as(given -> question(path, given));
  }

  /** A parameter as it is sent; it may be left out. */
  private record Part(String name, String in, String value) {}

  private static Arbitrary<Part> part(JsonNode parameter) {
    String name = parameter.get("name").asText();
    String in = parameter.get("in").asText();
    Arbitrary<String> values =
        Arbitraries.frequencyOf(
            Tuple.of(20, allowed(name, parameter.get("schema"))),
            Tuple.of(2, Arbitraries.of(BROKEN)),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(40)));
    Arbitrary<Part> sent = values.map(value -> new Part(name, in, value));
    return in.equals("path")
        ? sent
        : Arbitraries.frequencyOf(
            Tuple.of(1, sent), Tuple.of(3, Arbitraries.just(new Part(name, "nowhere", ""))));
  }

  private static Arbitrary<String> allowed(String name, JsonNode schema) {
    if (schema.has("enum")) {
      return Arbitraries.of(texts(schema.get("enum")));
    }
    if (schema.has("minimum")) {
      return Arbitraries.integers()
          .between(schema.get("minimum").asInt() - 1, schema.get("maximum").asInt() + 1)
          .map(String::valueOf);
    }
    if (schema.path("format").asText().equals("date-time")) {
      return Arbitraries.longs()
          .between(0, 4_000_000_000L)
          .map(s -> Instant.ofEpochSecond(s).toString());
    }
    return switch (name) {
      case "host" ->
          Arbitraries.frequency(Tuple.of(2, "hv-1"), Tuple.of(2, "hv-2"), Tuple.of(1, "hv-3"));
      case "device" ->
          Arbitraries.frequency(
              Tuple.of(8, "0000:01:00.0"),
              Tuple.of(1, "0000:02:00.0"),
              Tuple.of(1, "0000:99:1f.7"));
      case "file" -> Arbitraries.of(ASSETS);
      case "cursor" -> Arbitraries.of(cursors());
      case "after", "Last-Event-ID" ->
          Arbitraries.of("at-0", "at-5", "offset:0@0,1@-1;offset:0@-1,1@-1");
      default -> Arbitraries.of(texts(schema.get("examples")));
    };
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Cursors of every list, whole and mangled: each may come to any of the lists. */
  private static List<String> cursors() {
    List<String> cursors = new ArrayList<>();
    for (String of : List.of("hosts", "devices", "vectors", "history", "violations")) {
      for (String point : List.of("latest", "offset:0@0,1@0", "offset:0@3,1@3", "nothing")) {
        for (String after : List.of("0", "-1", "hv-1", "hv-1/0000:01:00.0", "0@1@5", "9@9@-1")) {
          cursors.add(new Cursor(of, point, after).token());
        }
      }
    }
    return cursors;
  }

  private static Question question(String path, List<Part> parts) {
    String address = path;
    String lastEventId = "";
    StringBuilder query = new StringBuilder();
    for (Part part : parts) {
      String value = URLEncoder.encode(part.value(), StandardCharsets.UTF_8).replace("+", "%20");
      switch (part.in()) {
        case "path" -> address = address.replace("{" + part.name() + "}", value);
        case "query" ->
            query.append(query.isEmpty() ? '?' : '&').append(part.name()).append('=').append(value);
        case "header" -> lastEventId = part.value().replaceAll("[^ -~]", "").strip();
        default -> {
          // Left out.
        }
      }
    }
    return new Question(path, address + query, lastEventId);
  }
}
