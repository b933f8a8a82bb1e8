package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document, which answers are held against. */
final class ApiDocument {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode root = parse(OperationRoutes.openApi());
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  List<String> paths() {
    return fields(root.get("paths"));
  }

  /** Whether a path is answered without a token: health, and the page itself. */
  boolean isOpen(String path) {
    JsonNode security = root.get("paths").get(path).get("get").get("security");
    return security != null && security.isEmpty();
  }

  /** The parameters of a path, with references followed. */
  List<JsonNode> parameters(String path) {
    List<JsonNode> parameters = new ArrayList<>();
    JsonNode listed = root.get("paths").get(path).get("get").path("parameters");
    listed.forEach(parameter -> parameters.add(followed(parameter)));
    return parameters;
  }

  private JsonNode followed(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : root.at(ref.substring(1));
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Fails unless the answer is one that the document has for that path. */
  void requireDocumented(String path, HttpResponse<String> answer) {
    String what = answer.request().uri() + " -> " + answer.statusCode() + " " + answer.body();
    JsonNode responses = root.get("paths").get(path).get("get").get("responses");
    JsonNode response = responses.get(Integer.toString(answer.statusCode()));
    assertNotNull(response, "not documented: " + what);
    String media = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    JsonNode content = followed(response).get("content").get(media);
    assertNotNull(content, "no " + media + " in the document: " + what);
    if (media.endsWith("json")) {
      requireValid(content.get("schema"), answer.body(), what);
    }
  }

  void requireProblem(HttpResponse<String> answer) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("$ref", "#/components/schemas/Problem");
    requireValid(schema, answer.body(), answer.request().uri().toString());
    assertEquals(Problem.MEDIA_TYPE, answer.headers().firstValue("Content-Type").orElse(null));
    assertEquals(answer.statusCode(), parse(answer.body()).get("status").asInt());
  }

  /** Fails unless the text is what that schema of the document says. */
  void requireValid(String schema, String json) {
    ObjectNode ref = MAPPER.createObjectNode();
    ref.put("$ref", "#/components/schemas/" + schema);
    requireValid(ref, json, json);
  }

  private void requireValid(@Nullable JsonNode schema, String json, String what) {
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", root.get("components"));
    var errors = schemas.getSchema(whole).validate(parse(json));
    assertEquals(List.of(), errors, what);
  }
}
