package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.VectorStory;
import dev.irqledger.replay.VectorStory.Chapter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** How a vector came to be what it is, for people and for programs. */
record StoryText(DeviceKey device, int vector, VectorStory story) {
  void print(CommandLine command) {
    PrintWriter out = command.getOut();
    VectorState now = story.now();
    out.println(
        command.getColorScheme().ansi().string("@|bold " + device + "|@")
            + " vector "
            + vector
            + " is "
            + Words.vector(now)
            + (now == null || now.sinceMicros() == 0
                ? ""
                : ", since " + hostTime(now.sinceMicros()) + " (host time)"));
    if (story.chapters().isEmpty()) {
      out.println(
          now == null ? "  No event ever allocated it." : "  What allocated it is not in the log.");
    }
    if (story.left() > 0) {
      out.println("  " + story.left() + " earlier changes are left out.");
    }
    story.chapters().forEach(chapter -> print(chapter, out));
  }

  private static void print(Chapter chapter, PrintWriter out) {
    out.println();
    out.println(
        "%-10s %s  %s  %s = %s"
            .formatted(
                chapter.record().partition() + "@" + chapter.record().offset(),
                Instant.ofEpochMilli(chapter.record().logTimeMillis()),
                Words.who(chapter.event().actor()),
                Words.what(chapter.event().body()),
                Words.result(chapter.event().body())));
    out.println(
        "           " + Words.vector(chapter.before()) + " -> " + Words.vector(chapter.after()));
    out.println("           " + chapter.transition().words());
    if (chapter.transition().rule() != null) {
      out.println(
          "           "
              + chapter.transition().rule()
              + ": "
              + chapter.transition().rule().sentence());
    }
  }

  private static Instant hostTime(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  void json(PrintWriter out) {
    JsonLine.print(out, this::fields);
  }

  private void fields(JsonGenerator json) throws IOException {
    json.writeStringField("host", device.host());
    json.writeStringField("device", device.bdf().text());
    json.writeNumberField("vector", vector);
    state(story.now(), json);
    json.writeNumberField("leftOut", story.left());
    json.writeArrayFieldStart("chain");
    for (Chapter chapter : story.chapters()) {
      chapter(chapter, json);
    }
    json.writeEndArray();
  }

  private static void chapter(Chapter chapter, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("partition", chapter.record().partition());
    json.writeNumberField("offset", chapter.record().offset());
    json.writeStringField(
        "logTime", Instant.ofEpochMilli(chapter.record().logTimeMillis()).toString());
    json.writeNumberField("hostTimeMicros", chapter.event().hostTimeMicros());
    json.writeStringField("event", chapter.event().id().toString());
    json.writeStringField("who", Words.who(chapter.event().actor()));
    json.writeStringField("what", Words.what(chapter.event().body()));
    json.writeStringField("result", Words.result(chapter.event().body()));
    json.writeStringField("transition", chapter.transition().name());
    json.writeStringField(
        "rule", chapter.transition().rule() == null ? null : chapter.transition().rule().name());
    json.writeStringField("words", chapter.transition().words());
    json.writeObjectFieldStart("from");
    state(chapter.before(), json);
    json.writeEndObject();
    json.writeObjectFieldStart("to");
    state(chapter.after(), json);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void state(@Nullable VectorState vector, JsonGenerator json) throws IOException {
    if (vector != null) {
      StateJson.vector(vector, json);
      return;
    }
    json.writeNullField("linuxIrq");
    json.writeStringField("phase", "FREE");
    json.writeNumberField("trigger", Eventfd.NONE);
  }
}
