package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ImageDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What is other between two points, for people and for programs. */
record DiffText(Image from, Image to, ImageDiff diff) {
  void print(CommandLine command) {
    PrintWriter out = command.getOut();
    out.println("from  " + from.point().token() + time(from));
    out.println("to    " + to.point().token() + time(to));
    diff.hosts().forEach((host, counts) -> out.println(host + "  " + words(counts)));
    diff.devices().forEach(device -> print(device, out, command.getColorScheme().ansi()));
    if (diff.devices().isEmpty()) {
      out.println("Nothing is other.");
    }
  }

  private static String time(Image image) {
    return image.logTimeMillis() == Image.NO_TIME
        ? ""
        : "  " + Instant.ofEpochMilli(image.logTimeMillis()) + " (log time)";
  }

  private static void print(ImageDiff.Device device, PrintWriter out, Ansi ansi) {
    out.println();
    out.println(
        ansi.string("@|bold " + device.key() + "|@")
            + "  "
            + changed("mode", mode(device.from()), mode(device.to()))
            + "  "
            + words(device.counts())
            + (uncertain(device.to()) ? "  UNCERTAIN" : ""));
    String wasOpen = open(device.from());
    String isOpen = open(device.to());
    if (!wasOpen.equals(isOpen)) {
      out.println("  " + wasOpen + "->" + isOpen);
    }
    long found = violations(device.to()) - violations(device.from());
    if (found != 0) {
      out.println("  violations " + (found > 0 ? "+" : "") + found);
    }
    for (ImageDiff.Vector vector : device.vectors()) {
      String was = Words.vector(vector.from());
      String is = Words.vector(vector.to());
      // the same to look at, but not since the same time
      out.println(
          "  %-5d %s -> %s%s".formatted(vector.number(), was, is, was.equals(is) ? " anew" : ""));
    }
  }

  private static String words(ImageDiff.Counts counts) {
    return changed("armed", counts.from().armed(), counts.to().armed())
        + "  "
        + changed("cached", counts.from().cached(), counts.to().cached())
        + "  "
        + changed("reserved", counts.from().reserved(), counts.to().reserved());
  }

  private static String changed(String name, Object from, Object to) {
    return name + " " + (Objects.equals(from, to) ? to : from + "->" + to);
  }

  private static String mode(@Nullable DeviceState state) {
    return state == null ? "-" : state.interrupts().mode().label();
  }

  private static String open(@Nullable DeviceState state) {
    return state == null ? "unseen" : state.profile().open().name().toLowerCase(Locale.ROOT);
  }

  private static boolean uncertain(@Nullable DeviceState state) {
    return state != null && state.uncertain();
  }

  private static long violations(@Nullable DeviceState state) {
    return state == null ? 0 : state.tally().violations();
  }

  void json(PrintWriter out) {
    JsonLine.print(out, this::fields);
  }

  private void fields(JsonGenerator json) throws IOException {
    point("from", from, json);
    point("to", to, json);
    json.writeArrayFieldStart("hosts");
    for (Map.Entry<String, ImageDiff.Counts> host : diff.hosts().entrySet()) {
      json.writeStartObject();
      json.writeStringField("host", host.getKey());
      counts("from", host.getValue().from(), json);
      counts("to", host.getValue().to(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("devices");
    for (ImageDiff.Device device : diff.devices()) {
      device(device, json);
    }
    json.writeEndArray();
  }

  private static void point(String name, Image image, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("token", image.point().token());
    json.writeStringField(
        "logTime",
        image.logTimeMillis() == Image.NO_TIME
            ? null
            : Instant.ofEpochMilli(image.logTimeMillis()).toString());
    json.writeEndObject();
  }

  private static void counts(String name, VectorCounts counts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    numbers(counts, json);
    json.writeEndObject();
  }

  private static void numbers(VectorCounts counts, JsonGenerator json) throws IOException {
    json.writeNumberField("armed", counts.armed());
    json.writeNumberField("cached", counts.cached());
    json.writeNumberField("reserved", counts.reserved());
  }

  private static void device(ImageDiff.Device device, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", device.key().host());
    json.writeStringField("device", device.key().bdf().text());
    side("from", device.from(), json);
    side("to", device.to(), json);
    json.writeArrayFieldStart("vectors");
    for (ImageDiff.Vector vector : device.vectors()) {
      json.writeStartObject();
      json.writeNumberField("vector", vector.number());
      side("from", vector.from(), json);
      side("to", vector.to(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void side(String name, @Nullable DeviceState state, JsonGenerator json)
      throws IOException {
    if (state == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeStringField("mode", mode(state));
    json.writeStringField("open", state.profile().open().name());
    numbers(state.counts(), json);
    json.writeBooleanField("uncertain", state.uncertain());
    json.writeNumberField("violations", state.tally().violations());
    json.writeEndObject();
  }

  private static void side(String name, @Nullable VectorState vector, JsonGenerator json)
      throws IOException {
    if (vector == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    StateJson.vector(vector, json);
    json.writeEndObject();
  }
}
