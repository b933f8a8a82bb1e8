package dev.irqledger.service.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a line: {@code time} (UTC), {@code level}, {@code logger}, {@code thread}, {@code
 * message}, and with a failure {@code error} and {@code trace}.
 */
final class JsonLines extends Formatter {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String format(LogRecord entry) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", entry.getInstant().toString());
      json.writeStringField("level", entry.getLevel().getName());
      json.writeStringField("logger", entry.getLoggerName());
      json.writeStringField("thread", Thread.currentThread().getName());
      json.writeStringField("message", formatMessage(entry));
      Throwable failure = entry.getThrown();
      if (failure != null) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        json.writeStringField("error", failure.toString());
        json.writeStringField("trace", trace.toString());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return line.append('\n').toString();
  }
}
