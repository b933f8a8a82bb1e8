package dev.irqledger.cli.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.cli.JsonLine;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.wire.avro.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commands as JSON lines. The fields are a contract: they may be joined by others, but neither go
 * nor change their meaning. What is not known is null.
 */
final class RequestJson {
  /** The fields, for {@code --help}. */
  static final String FIELDS =
      "One object a line: command (the id), host, device, op, requestedBy, expiresAt,"
          + " expectedEpoch, expectedSequence, finding (the id of what it is to remedy), sent {partition, offset, logTime}, standing (done, failed, refused,"
          + " expired or pending), result (a number), error (such as ENOSPC), reason, answer {event,"
          + " epoch, partition, offset, logTime, mode, vectors [{vector, irq, armed}]}. What is not"
          + " known is null.";

  private RequestJson() {}

  /** Prints one line. */
  static void print(Request request, Instant now, PrintWriter out) {
    JsonLine.print(
        out,
        json -> {
          command(request.command(), json);
          if (request.place() == null) {
            json.writeNullField("sent");
          } else {
            json.writeObjectFieldStart("sent");
            place(request.place(), json);
            json.writeEndObject();
          }
          json.writeStringField("standing", request.standing(now).label());
          result(request.answer(), json);
          answer(request.answer(), json);
        });
  }

  private static void command(Command command, JsonGenerator json) throws IOException {
    json.writeStringField("command", command.getId().toString());
    json.writeStringField("host", command.getHost());
    json.writeStringField("device", command.getDevice());
    json.writeStringField("op", command.getOp());
    json.writeStringField("requestedBy", command.getRequestedBy());
    json.writeStringField("expiresAt", command.getExpiresAt().toString());
    number("expectedEpoch", command.getExpectedEpoch(), json);
    number("expectedSequence", command.getExpectedSequence(), json);
    UUID finding = command.getFindingId();
    json.writeStringField("finding", finding == null ? null : finding.toString());
  }

  private static void number(String field, @Nullable Long value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }

  private static void place(Place place, JsonGenerator json) throws IOException {
    json.writeNumberField("partition", place.partition());
    json.writeNumberField("offset", place.offset());
    json.writeStringField("logTime", place.logTime().toString());
  }

  private static void result(@Nullable Answer answer, JsonGenerator json) throws IOException {
    if (answer == null || answer.result().isEmpty()) {
      json.writeNullField("result");
      json.writeNullField("error");
    } else {
      int result = answer.result().getAsInt();
      json.writeNumberField("result", result);
      json.writeStringField("error", result < 0 ? Errno.describe(result).substring(1) : null);
    }
    json.writeStringField("reason", answer == null ? null : answer.reason());
  }

  private static void answer(@Nullable Answer answer, JsonGenerator json) throws IOException {
    if (answer == null) {
      json.writeNullField("answer");
      return;
    }
    json.writeObjectFieldStart("answer");
    json.writeStringField("event", answer.event().id().toString());
    json.writeNumberField("epoch", answer.event().epoch());
    place(answer.place(), json);
    KernelView view = answer.view();
    json.writeStringField("mode", view == null ? null : view.mode().label());
    if (view == null) {
      json.writeNullField("vectors");
    } else {
      vectors(view, json);
    }
    json.writeEndObject();
  }

  private static void vectors(KernelView view, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("vectors");
    for (KernelView.Seen seen : view.allocated()) {
      json.writeStartObject();
      json.writeNumberField("vector", seen.vector());
      json.writeNumberField("irq", seen.irq());
      json.writeBooleanField("armed", seen.armed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
