package dev.irqledger.recordings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The fields of a JSON object, each demanded with its type and range. */
final class JsonFields {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private JsonFields() {}

  static JsonNode object(String text) throws MalformedLineException {
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JacksonException _) {
      // Jackson's own message quotes the line and names its classes: no words for a user.
    }
    throw new MalformedLineException("expected one JSON object; the line may be cut short");
  }

  static JsonNode field(JsonNode object, String name) throws MalformedLineException {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new MalformedLineException("the field '" + name + "' is missing");
    }
    return value;
  }

  static long number(JsonNode object, String name, long least, long most)
      throws MalformedLineException {
    JsonNode value = field(object, name);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long number = value.longValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new MalformedLineException(
        "the field '" + name + "' is no whole number from " + least + " to " + most);
  }

  static String string(JsonNode object, String name) throws MalformedLineException {
    return typed(object, name, field(object, name).isTextual(), "a string").textValue();
  }

  static boolean flag(JsonNode object, String name) throws MalformedLineException {
    return typed(object, name, field(object, name).isBoolean(), "true or false").booleanValue();
  }

  static JsonNode array(JsonNode object, String name) throws MalformedLineException {
    return typed(object, name, field(object, name).isArray(), "an array");
  }

  static JsonNode object(JsonNode object, String name) throws MalformedLineException {
    return typed(object, name, field(object, name).isObject(), "an object");
  }

  private static JsonNode typed(JsonNode object, String name, boolean fits, String type)
      throws MalformedLineException {
    if (!fits) {
      throw new MalformedLineException("the field '" + name + "' is not " + type);
    }
    return field(object, name);
  }
}
