package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.verify.Fault;
import dev.irqledger.replay.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a verification came to.
 *
 * @param unreadableStates kept states that could not be decoded
 * @param compared whether kept states were compared at all
 * @param strict whether an event that came again is a fault
 */
record VerifyReport(
    Image image,
    Verification.Report report,
    long unreadableStates,
    boolean compared,
    boolean strict) {
  boolean sound() {
    return report.sound()
        && image.unreadable().count() == 0
        && unreadableStates == 0
        && !(strict && report.repeated() > 0);
  }

  void print(PrintWriter out) {
    out.println("point     " + image.point().token());
    out.println(
        "log       " + image.events() + " events of " + image.devices().size() + " devices");
    out.println("repeated  " + report.repeated() + (strict ? "" : " (harmless)"));
    out.println(
        "findings  "
            + (report.findings().isEmpty()
                ? "none"
                : report.findings().entrySet().stream()
                    .map(rule -> rule.getKey() + " " + rule.getValue())
                    .collect(Collectors.joining(", "))));
    if (compared) {
      out.println(
          "states    "
              + report.states().equal()
              + " of "
              + report.states().kept()
              + " equal the replayed ones; "
              + report.states().behind()
              + " behind the log, "
              + report.states().missing()
              + " devices without one");
    }
    if (report.heads().signed() > 0) {
      out.println(
          "heads     "
              + report.heads().equal()
              + " of "
              + report.heads().signed()
              + " signed ones are in the log; "
              + report.heads().pruned()
              + " lie before its beginning");
    }
    if (image.unreadable().count() > 0) {
      out.println(
          "unread    "
              + image.unreadable().count()
              + " records, the first: "
              + image.unreadable().first());
    }
    if (unreadableStates > 0) {
      out.println("unread    " + unreadableStates + " kept states");
    }
    report.faults().forEach(fault -> out.println("fault     " + line(fault)));
    if (report.faultsInAll() > report.faults().size()) {
      out.println("fault     and " + (report.faultsInAll() - report.faults().size()) + " more");
    }
    out.println(sound() ? "sound" : "NOT SOUND");
  }

  private static String line(Fault fault) {
    return fault.position().partition()
        + "@"
        + fault.position().offset()
        + " "
        + fault.device()
        + " "
        + fault.what()
        + ": "
        + fault.detail();
  }

  void json(PrintWriter out) {
    JsonLine.print(out, this::fields);
  }

  private void fields(JsonGenerator json) throws IOException {
    json.writeStringField("point", image.point().token());
    json.writeBooleanField("sound", sound());
    json.writeNumberField("events", image.events());
    json.writeNumberField("devices", image.devices().size());
    json.writeNumberField("unreadable", image.unreadable().count() + unreadableStates);
    json.writeNumberField("repeated", report.repeated());
    json.writeArrayFieldStart("faults");
    for (Fault fault : report.faults()) {
      fault(fault, json);
    }
    json.writeEndArray();
    json.writeNumberField("faultsInAll", report.faultsInAll());
    json.writeObjectFieldStart("findings");
    for (Map.Entry<Rule, Long> rule : report.findings().entrySet()) {
      json.writeNumberField(rule.getKey().name(), rule.getValue());
    }
    json.writeEndObject();
    states(json);
    heads(json);
  }

  private static void fault(Fault fault, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", fault.device().host());
    json.writeStringField("device", fault.device().bdf().text());
    json.writeNumberField("partition", fault.position().partition());
    json.writeNumberField("offset", fault.position().offset());
    json.writeStringField("what", fault.what());
    json.writeStringField("detail", fault.detail());
    json.writeEndObject();
  }

  private void states(JsonGenerator json) throws IOException {
    if (!compared) {
      json.writeNullField("states");
      return;
    }
    json.writeObjectFieldStart("states");
    json.writeNumberField("kept", report.states().kept());
    json.writeNumberField("equal", report.states().equal());
    json.writeNumberField("behind", report.states().behind());
    json.writeNumberField("missing", report.states().missing());
    json.writeEndObject();
  }

  private void heads(JsonGenerator json) throws IOException {
    if (report.heads().signed() == 0) {
      json.writeNullField("heads");
      return;
    }
    json.writeObjectFieldStart("heads");
    json.writeNumberField("signed", report.heads().signed());
    json.writeNumberField("equal", report.heads().equal());
    json.writeNumberField("pruned", report.heads().pruned());
    json.writeEndObject();
  }
}
