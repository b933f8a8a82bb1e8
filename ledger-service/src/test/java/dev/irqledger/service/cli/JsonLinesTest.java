package dev.irqledger.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class JsonLinesTest {
  private static Map<String, String> read(String line) throws IOException {
    Map<String, String> read = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        read.put(name, json.nextTextValue());
      }
    }
    return read;
  }

  @Test
  void an_entry_is_one_line_of_json_whatever_it_says() throws IOException {
    LogRecord entry = new LogRecord(Level.WARNING, "a \"b\"\n{0}\u0007");
    entry.setParameters(new Object[] {"c"});
    entry.setLoggerName("dev.irqledger.test");
    entry.setInstant(Instant.parse("2026-11-22T14:34:12.5Z"));
    entry.setThrown(new IOException("lost\nthe line"));

    String line = new JsonLines().format(entry);

    assertEquals(1, line.lines().count());
    Map<String, String> read = read(line);
    assertEquals("2026-11-22T14:34:12.500Z", read.get("time"));
    assertEquals("WARNING", read.get("level"));
    assertEquals("dev.irqledger.test", read.get("logger"));
    assertEquals(Thread.currentThread().getName(), read.get("thread"));
    assertEquals("a \"b\"\nc\u0007", read.get("message"));
    assertEquals("java.io.IOException: lost\nthe line", read.get("error"));
    assertTrue(read.get("trace").contains("JsonLinesTest"));
  }
}
