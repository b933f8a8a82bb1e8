package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.Image;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A state as JSON. Its fields are a contract: they may be joined by others, but neither go nor
 * change their meaning. What is not known is null.
 */
public final class StateJson {
  private StateJson() {}

  /** Prints the image as one line. */
  public static void print(Image image, PrintWriter out) {
    JsonLine.print(
        out,
        json -> {
          json.writeObjectFieldStart("point");
          json.writeStringField("token", image.point().token());
          if (image.logTimeMillis() == Image.NO_TIME) {
            json.writeNullField("logTime");
          } else {
            json.writeStringField(
                "logTime", Instant.ofEpochMilli(image.logTimeMillis()).toString());
          }
          json.writeEndObject();
          json.writeArrayFieldStart("devices");
          for (FoldedState device : image.devices().values()) {
            write(device, json);
          }
          json.writeEndArray();
        });
  }

  private static void write(FoldedState folded, JsonGenerator json) throws IOException {
    DeviceState state = folded.state();
    json.writeStartObject();
    json.writeStringField("host", state.key().host());
    json.writeStringField("device", state.key().bdf().text());
    json.writeStringField("mode", state.interrupts().mode().label());
    writeDynamic(state.profile().generation(), json);
    json.writeArrayFieldStart("vectors");
    for (int v = state.interrupts().vectors().next(0);
        v >= 0;
        v = state.interrupts().vectors().next(v + 1)) {
      VectorState vector = state.interrupts().vectors().get(v);
      if (vector != null) {
        write(v, vector, json);
      }
    }
    json.writeEndArray();
    writeSingles(state.interrupts(), json);
    json.writeBooleanField("uncertain", state.uncertain());
    Uncertainty doubt = state.uncertainty();
    json.writeStringField("uncertainReason", doubt == null ? null : doubt.reason().name());
    json.writeNumberField("violations", state.tally().violations());
    json.writeNumberField("events", state.tally().events());
    json.writeNumberField("redeliveries", state.tally().redeliveries());
    json.writeNumberField("epoch", state.head().epoch());
    json.writeNumberField("sequence", state.head().sequence());
    write(folded.position(), json);
    write(state.pastUncertainty(), json);
    json.writeEndObject();
  }

  private static void write(@Nullable PastUncertainty past, JsonGenerator json) throws IOException {
    if (past == null) {
      json.writeNullField("pastUncertainty");
      return;
    }
    json.writeObjectFieldStart("pastUncertainty");
    json.writeStringField("reason", past.uncertainty().reason().name());
    json.writeNumberField("fromEpoch", past.uncertainty().sinceEpoch());
    json.writeNumberField("fromSequence", past.uncertainty().sinceSequence());
    json.writeNumberField("fromMicros", past.uncertainty().sinceMicros());
    json.writeNumberField("untilEpoch", past.untilEpoch());
    json.writeNumberField("untilSequence", past.untilSequence());
    json.writeNumberField("untilMicros", past.untilMicros());
    json.writeEndObject();
  }

  private static void writeDynamic(KernelGeneration generation, JsonGenerator json)
      throws IOException {
    if (generation == KernelGeneration.UNKNOWN) {
      json.writeNullField("dynamicMsix");
    } else {
      json.writeBooleanField("dynamicMsix", generation == KernelGeneration.DYNAMIC);
    }
  }

  private static void write(int number, VectorState vector, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("vector", number);
    vector(vector, json);
    json.writeEndObject();
  }

  /** Writes a vector's irq, phase and trigger into the object that is open. */
  static void vector(VectorState vector, JsonGenerator json) throws IOException {
    if (vector.irqKnown()) {
      json.writeNumberField("linuxIrq", vector.irq());
    } else {
      json.writeNullField("linuxIrq");
    }
    json.writeStringField("phase", vector.phase().name());
    json.writeFieldName("trigger");
    writeDescriptor(vector.trigger(), json);
  }

  /** The triggers of INTx, ERR and REQ, which stand beside the vectors. */
  private static void writeSingles(Interrupts interrupts, JsonGenerator json) throws IOException {
    for (IrqIndex index : Change.SINGLE) {
      json.writeFieldName(index.name().toLowerCase(Locale.ROOT) + "Trigger");
      writeDescriptor(interrupts.single(index), json);
    }
  }

  /** A descriptor's number; -1 for none, and null for one that nobody saw. */
  static void writeDescriptor(int fd, JsonGenerator json) throws IOException {
    if (fd == Eventfd.SOME || fd == Eventfd.UNSEEN) {
      json.writeNull();
    } else {
      json.writeNumber(fd);
    }
  }

  private static void write(LogPosition position, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("position");
    json.writeNumberField("partition", position.partition());
    json.writeNumberField("offset", position.offset());
    json.writeEndObject();
  }
}
