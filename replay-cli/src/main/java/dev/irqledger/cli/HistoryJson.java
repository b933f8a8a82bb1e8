package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.OptionalInt;

/** A history as JSON lines, one object an event. */
final class HistoryJson implements Replayer.Observer {
  private final PrintWriter out;
  private final VectorFilter filter;

  HistoryJson(PrintWriter out, VectorFilter filter) {
    this.out = out;
    this.filter = filter;
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    if (!filter.concerns(folded)) {
      return;
    }
    JsonLine.print(out, json -> fields(record, event, folded, json));
  }

  /** Writes the fields of one event into the object that is open. */
  void fields(LogRecord record, InterruptEvent event, Folded folded, JsonGenerator json)
      throws IOException {
    json.writeNumberField("partition", record.partition());
    json.writeNumberField("offset", record.offset());
    json.writeStringField("logTime", Instant.ofEpochMilli(record.logTimeMillis()).toString());
    json.writeNumberField("hostTimeMicros", event.hostTimeMicros());
    json.writeStringField("host", event.device().host());
    json.writeStringField("device", event.device().bdf().text());
    json.writeStringField("event", event.id().toString());
    json.writeNumberField("epoch", event.epoch());
    json.writeNumberField("sequence", event.sequence());
    json.writeStringField("source", event.source().name());
    actor(event.actor(), json);
    json.writeStringField("type", event.body().getClass().getSimpleName());
    json.writeStringField("what", Words.what(event.body()));
    call(event.body(), json);
    outcome(event.body(), json);
    json.writeBooleanField("applied", folded.applied());
    changes(folded, json);
    violations(folded, json);
  }

  private static void outcome(EventBody body, JsonGenerator json) throws IOException {
    OptionalInt result = Words.resultNumber(body);
    if (result.isPresent()) {
      json.writeNumberField("result", result.getAsInt());
    } else {
      json.writeNullField("result");
    }
    long took = Words.latencyNanos(body);
    if (took > 0) {
      json.writeNumberField("latencyNanos", took);
    } else {
      json.writeNullField("latencyNanos");
    }
  }

  private static void actor(Actor actor, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("actor");
    json.writeStringField("vm", actor.vm());
    json.writeNumberField("pid", actor.pid());
    json.writeStringField("command", actor.command());
    json.writeEndObject();
  }

  /** The arguments as they stood; null where the event is no call. */
  private static void call(EventBody body, JsonGenerator json) throws IOException {
    if (!(body instanceof InterruptsSet set)) {
      json.writeNullField("call");
      return;
    }
    json.writeObjectFieldStart("call");
    json.writeNumberField("index", set.call().index());
    json.writeNumberField("start", set.call().start());
    json.writeNumberField("count", set.call().count());
    json.writeNumberField("flags", set.call().flags());
    if (set.call().data() instanceof IrqSetData.Eventfds fds) {
      json.writeArrayFieldStart("fds");
      for (int fd : fds.toArray()) {
        StateJson.writeDescriptor(fd, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void changes(Folded folded, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : filter.changes(folded)) {
      json.writeStartObject();
      json.writeStringField("change", change.getClass().getSimpleName());
      if (change instanceof Change.VectorChanged(int vector, VectorState was, VectorState is)) {
        json.writeNumberField("vector", vector);
        json.writeStringField("before", was == null ? "FREE" : was.phase().name());
        json.writeStringField("after", is == null ? "FREE" : is.phase().name());
      } else {
        json.writeStringField("text", Words.change(change));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void violations(Folded folded, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("violations");
    for (Violation violation : folded.violations()) {
      json.writeStartObject();
      json.writeStringField("id", violation.id().toString());
      json.writeStringField("rule", violation.rule().name());
      json.writeStringField("expected", violation.expected());
      json.writeStringField("reported", violation.reported());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
